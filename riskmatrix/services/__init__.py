"""Writing about risk: assessing it, saying what is done about it, and what may be told to whom."""

from riskmatrix.services.acting import act_on_high
from riskmatrix.services.assessing import assess_risk
from riskmatrix.services.consent import record_consent, withdraw_consent
from riskmatrix.services.reminding import remind_to_reassess

__all__ = ["act_on_high", "assess_risk", "record_consent", "remind_to_reassess", "withdraw_consent"]
