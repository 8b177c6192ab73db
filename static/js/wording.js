// The editor of letters: a value is put where the cursor is, and a remark leads to its line. Without this file the
// same names are typed by hand, and "Show preview" renews the preview.
const editor = document.querySelector("[data-wording]");

if (editor) {
  const body = editor.querySelector("textarea");
  const subject = editor.querySelector("input[name=subject]");
  let last = body;

  const button = (text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "asb-plain-button";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };

  const insert = (text) => {
    last.focus();
    last.setRangeText(text, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const goTo = (number) => {
    const lines = body.value.split("\n");
    const start = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
    body.focus();
    body.setSelectionRange(start, start + (lines[number - 1] || "").length);
  };

  const lead = () => {
    editor.querySelectorAll("[data-line] > strong").forEach((place) => {
      const number = Number(place.parentElement.dataset.line);
      place.replaceWith(button(place.textContent, () => goTo(number)), " ");
    });
  };

  [body, subject].forEach((field) => field.addEventListener("focus", () => { last = field; }));
  editor.querySelectorAll("code[data-insert]").forEach((place) => {
    place.replaceWith(button(place.dataset.insert, () => insert(place.dataset.insert)));
  });
  editor.querySelector("[data-insert-words]").hidden = false;
  document.body.addEventListener("htmx:afterSwap", lead);
  lead();
}
