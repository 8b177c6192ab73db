"""Keeping the words a case is found by, and finding it.

Each case is found by what it knows of its people itself: nothing confided to a restricted one is in another's words.
Signs between words are left out on both sides: PostgreSQL would read the -14 of “12-14” or -7e0 of a reference as a
number of its own, which nobody types.
"""

from django.db import connection

from cases.models import Case

_INDEX = """
UPDATE cases_case c SET search = to_tsvector('simple', unaccent(regexp_replace(concat_ws(' ',
    c.reference, replace(c.reference, '-', ''), c.title, c.place,
    (SELECT string_agg(concat_ws(' ', k.name, k.address, k.phone, replace(k.phone, ' ', ''), k.email), ' ')
       FROM cases_party y JOIN cases_person p ON p.id = y.person_id
       CROSS JOIN LATERAL (
            SELECT coalesce(t.known->>'name', p.name) AS name, coalesce(t.known->>'address', p.address) AS address,
                   coalesce(t.known->>'phone', p.phone) AS phone, coalesce(t.known->>'email', p.email) AS email
              FROM (SELECT jsonb_object_agg(e.key, e.value ORDER BY f.changed_at, f.id) AS known
                      FROM cases_confided f JOIN cases_case o ON o.id = f.case_id, jsonb_each(f.known) e
                     WHERE c.restricted AND f.person_id = p.id AND (o.id = c.id OR o.joined_to_id = c.id)) t) k
      WHERE y.case_id = c.id),
    (SELECT string_agg(concat_ws(' ', left(i.description, 10000), i.location, r.reference), ' ')
       FROM cases_incident i LEFT JOIN cases_report r ON r.id = i.report_id WHERE i.case_id = c.id)),
    '[^[:alnum:]@.]+', ' ', 'g')))
WHERE c.id = %s
"""
# Quoted only after the accents are gone: without its accent a letter such as ŉ begins with a quotation mark.
_FIND = r"""
SELECT case_id FROM search_cases((
    SELECT string_agg(concat('''', translate(unaccent(word), '''\', '  '), ''':*'), ' & ') FROM unnest(%s::text[]) word
), %s)
"""
MOST_FOUND = 500


def index_case(case: Case) -> None:
    """Call after anything a case is found by has changed: parties, incidents, title or place."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, [case.pk])


def found_ids(words: str) -> list[int]:
    """Ids of the active landlord's cases that hold every word (by its beginning), newest first, at most 500.

    Runs as a definer function, because row-level security keeps PostgreSQL from using a text index.
    """
    plain = _plain(words)
    if not plain:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [plain, MOST_FOUND])
        return [row[0] for row in cursor.fetchall()]


def _plain(words: str) -> list[str]:
    """Words without the signs that mean something to a text query; at most ten."""
    kept = "".join(letter if letter.isalnum() or letter in "@." else " " for letter in words[:200])
    return [word.strip(".@") for word in kept.split() if word.strip(".@")][:10]
