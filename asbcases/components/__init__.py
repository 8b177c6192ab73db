"""How pages look: brand colours, signs, form rendering and the template tags that use them."""
