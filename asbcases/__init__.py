"""The project: settings, addresses, pages that join several apps. Imported by none of the apps."""
