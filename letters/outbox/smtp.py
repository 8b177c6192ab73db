"""E-mail over SMTP, with the settings that every other message of ours goes by."""

import smtplib
from contextlib import suppress

from django.core.mail.backends.smtp import EmailBackend

from letters.outbox.providers import Outcome, Parcel, Taken
from letters.outbox.written import as_email, sender_address

REFUSED_FOR_GOOD = 500
"""Replies from here on are final, those from 400 on are not (RFC 5321, 4.2.1)."""


class Smtp:
    """Nothing can have been taken before the message itself is handed over; after that only an answer is certain."""

    def send(self, parcel: Parcel) -> Taken:
        try:
            content = as_email(parcel)
        except (ValueError, LookupError) as error:
            return Taken(Outcome.REFUSED, f"it could not be written: {error}")
        server = EmailBackend()
        try:
            server.open()
            assert server.connection is not None
            return _offer(server.connection, parcel.to, content)
        except OSError as error:
            return Taken(Outcome.AGAIN, _told(error))
        finally:
            with suppress(OSError):
                server.close()


def _offer(server: smtplib.SMTP, to: str, content: bytes) -> Taken:
    """Raises OSError only while nothing has been handed over."""
    server.ehlo_or_helo_if_needed()
    answer = _answer(*server.mail(sender_address()))
    if answer.outcome == Outcome.ACCEPTED:
        answer = _answer(*server.rcpt(to))
    if answer.outcome == Outcome.ACCEPTED:
        answer = _hand_over(server, content)
    return answer


def _hand_over(server: smtplib.SMTP, content: bytes) -> Taken:
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as error:
        return _answer(error.smtp_code, error.smtp_error)
    except OSError as error:
        return Taken(Outcome.UNKNOWN, _told(error))
    return _answer(code, said)


def _answer(code: int, said: bytes | str) -> Taken:
    if 200 <= code < 300:
        return Taken(Outcome.ACCEPTED, _words(code, said))
    return Taken(Outcome.REFUSED if code >= REFUSED_FOR_GOOD else Outcome.AGAIN, _words(code, said))


def _told(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _words(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {text}"[:500]
