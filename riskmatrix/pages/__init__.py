"""Pages of risk: the tab of a case, one assessment, what is done about it, and consent."""
