// The score while it grows, and the keyboard: a number chooses, 0 is "declined", the arrows move between questions.
// Without this file the same form works: the server works the score out. The server's result is the one that counts.
// A number works in a question; before the first one it begins with what is still to ask, unless single-key
// shortcuts are switched off (WCAG 2.1.4; the switch is in the person's menu).
const form = document.querySelector("[data-risk]");

if (form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const inputs = (question) => [...question.querySelectorAll("[data-points]")];
  const chosen = (question) => inputs(question).filter((input) => input.checked);
  const isAsked = (question) => chosen(question).length > 0;
  const write = (selector, text) => form.querySelectorAll(selector).forEach((place) => { place.textContent = text; });
  let said = 0;

  const points = (question) => {
    const scores = chosen(question).map((input) => Number(input.dataset.points));
    return form.dataset.mode === "sum" ? scores.reduce((total, one) => total + one, 0) : Math.max(0, ...scores);
  };

  const bandOf = (score) => {
    if (score >= Number(form.dataset.high)) {
      return "high";
    }
    return score >= Number(form.dataset.medium) ? "medium" : "low";
  };

  // "None" and "declined" go with nothing else.
  const settle = (input) => {
    if (input.type !== "checkbox" || !input.checked) {
      return;
    }
    const alone = "alone" in input.dataset;
    inputs(input.closest("[data-question]")).forEach((other) => {
      if (other !== input && (alone || "alone" in other.dataset)) {
        other.checked = false;
      }
    });
  };

  const drawMissing = () => {
    const missing = questions.filter((question) => !isAsked(question));
    const place = form.querySelector("[data-missing]");
    place.replaceChildren();
    missing.forEach((question, index) => {
      const link = document.createElement("a");
      link.className = "asb-link";
      link.href = `#${question.id}`;
      link.textContent = question.dataset.question;
      place.append(index ? ", " : "", link);
    });
    write("[data-missing-count]", missing.length);
    form.querySelector("[data-missing-words]").hidden = missing.length === 0;
    write("[data-asked]", questions.length - missing.length);
  };

  const drawBand = (score) => {
    const band = bandOf(score);
    form.querySelectorAll("[data-band-is]").forEach((one) => { one.hidden = one.dataset.bandIs !== band; });
    const confirm = form.querySelector("[data-confirm]");
    if (confirm) {
      confirm.value = band;
    }
    const next = [form.dataset.medium, form.dataset.high].some((edge) => score < edge && score >= edge - 2);
    form.querySelector("[data-nearly]").hidden = !next;
    const words = form.querySelector(`[data-band] [data-band-is="${band}"]`).textContent.trim();
    window.clearTimeout(said);
    said = window.setTimeout(() => write("[data-said]", `${score}, ${words}`), 800);
  };

  const draw = () => {
    const parts = {};
    questions.forEach((question) => {
      parts[question.dataset.section] = (parts[question.dataset.section] || 0) + points(question);
    });
    const score = Object.values(parts).reduce((total, one) => total + one, 0);
    Object.entries(parts).forEach(([key, part]) => write(`[data-part="${key}"]`, part));
    write("[data-score]", score);
    write("[data-declined]", questions.filter((one) => chosen(one).some((input) => input.value === "declined")).length);
    const gauge = form.querySelector("[data-gauge]").dataset;
    const now = Math.round(Number(gauge.left) + Number(gauge.step) * score);
    form.querySelector("[data-now]").setAttribute("transform", `translate(${now} 0)`);
    drawBand(score);
    drawMissing();
  };

  const go = (question) => (chosen(question)[0] || inputs(question)[0]).focus();

  const choose = (question, key) => {
    const input = inputs(question).find((one) => one.dataset.key === key);
    if (!input) {
      return;
    }
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const shortcutsOn = () => {
    const search = document.querySelector("[data-search-shortcut]");
    return !search || search.dataset.shortcut !== "off";
  };

  const isText = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const questionAt = (target) => {
    const inside = target.closest("[data-question]");
    if (inside || target !== document.body || !shortcutsOn()) {
      return inside;
    }
    return questions.find((question) => !isAsked(question)) || questions[0];
  };

  form.addEventListener("change", (event) => {
    settle(event.target);
    draw();
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    const question = event.ctrlKey || event.metaKey || event.altKey ? null : questionAt(target);
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (question && arrow && target !== document.body) {
      event.preventDefault();
      go(questions[questions.indexOf(question) + arrow] || question);
    } else if (question && /^[0-9]$/.test(event.key) && !isText(target)) {
      event.preventDefault();
      choose(question, event.key);
    }
  });

  form.querySelectorAll("[data-live], [data-part-words], [data-missing-words]").forEach((one) => { one.hidden = false; });
  document.querySelector("[data-keys]").hidden = false;
  draw();
}
