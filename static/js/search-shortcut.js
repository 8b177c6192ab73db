// "/" moves to the search box. WCAG 2.1.4: a single-key shortcut can be turned off, so the menu gets a switch.
const STORE = "asb-search-shortcut";
const form = document.querySelector("[data-search-shortcut]");

function isOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function typing(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function draw(button) {
  form.dataset.shortcut = isOn() ? "on" : "off";
  if (button) {
    button.textContent = isOn() ? form.dataset.turnOff : form.dataset.turnOn;
  }
}

function toggle(button) {
  try {
    localStorage.setItem(STORE, isOn() ? "off" : "on");
  } catch {
    return;
  }
  draw(button);
}

function addSwitch() {
  const place = document.querySelector("[data-shortcut-switch]");
  if (!place) {
    return null;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "asb-plain-button";
  button.addEventListener("click", () => toggle(button));
  place.append(button);
  return button;
}

if (form) {
  draw(addSwitch());
  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && !modified && isOn() && !typing(event.target)) {
      event.preventDefault();
      form.querySelector("input[type=search]").focus();
    }
  });
}
