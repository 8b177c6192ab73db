from actionplans.models.plan import Action, Plan
from actionplans.models.tool import ToolUse

__all__ = ["Action", "Plan", "ToolUse"]
