/* Suggests while a reader types in the field of search. Without it the form works all the same.
   The index comes once, when the field is first used; nothing that is typed leaves the browser. */
(function () {
  "use strict";

  const FIELD = "input[data-suggest-from]";
  const MOST = 8;
  const SHORTEST = 2;
  const indexes = new Map();

  function indexFor(field) {
    const address = field.dataset.suggestFrom;
    if (!indexes.has(address)) {
      const asked = fetch(address).then((answer) => (answer.ok ? answer.json() : null));
      indexes.set(address, asked.catch(() => null));
    }
    return indexes.get(address);
  }

  /* The same as data/folding.py, by the tables that come with the index. */
  function folded(text, index) {
    const spell = (each) =>
      [...each.toLowerCase()].map((letter) => index.letters[letter] ?? letter).join("");
    const bare = spell(text.normalize("NFC")).normalize("NFKD").replace(/\p{M}/gu, "");
    const spelled = index.spellings.reduce(
      (now, [pattern, instead]) => now.replace(new RegExp(pattern, "g"), instead.replace("\\", "$")),
      spell(bare),
    );
    return (spelled.match(/[a-z0-9]+/g) || []).join(" ");
  }

  /* True when the word begins like the token, but for so many mistakes. */
  function beginsNearly(word, token, most) {
    let last = Array.from({ length: word.length + 1 }, (_, column) => column);
    for (let row = 1; row <= token.length; row += 1) {
      const now = [row];
      for (let column = 1; column <= word.length; column += 1) {
        const change = last[column - 1] + (word[column - 1] === token[row - 1] ? 0 : 1);
        now.push(Math.min(change, last[column] + 1, now[column - 1] + 1));
      }
      last = now;
    }
    return Math.min(...last) <= most;
  }

  function mistakesAllowed(token) {
    return (token.length >= 4 ? 1 : 0) + (token.length >= 8 ? 1 : 0);
  }

  function scoreOf(token, words, isLenient) {
    if (words.includes(token)) return 3;
    if (words.some((word) => word.startsWith(token))) return 2;
    const most = isLenient ? mistakesAllowed(token) : 0;
    return most && words.some((word) => beginsNearly(word, token, most)) ? 1 : 0;
  }

  function ranked(tokens, index, isLenient) {
    const found = [];
    for (const entry of index.entries) {
      const words = entry[4].split(" ");
      const scores = tokens.map((token) => scoreOf(token, words, isLenient));
      if (!scores.includes(0)) {
        const isFirst = words[0].startsWith(tokens[0]) ? 1 : 0;
        const score = scores.reduce((sum, each) => sum + each, isFirst);
        found.push({ entry, score, length: entry[0].split(" ").length });
      }
    }
    found.sort((a, b) => b.score - a.score || a.length - b.length);
    return found.map((each) => each.entry);
  }

  function suggested(text, index) {
    const tokens = folded(text, index).split(" ").filter(Boolean);
    if (!tokens.length || tokens.join("").length < SHORTEST) return [];
    const exact = ranked(tokens, index, false);
    return (exact.length ? exact : ranked(tokens, index, true)).slice(0, MOST);
  }

  /* The list under a field */
  function partsOf(field) {
    const form = field.form;
    let list = form.querySelector("[role=listbox]");
    if (!list) {
      list = form.appendChild(document.createElement("ul"));
      Object.assign(list, { id: "search-suggestions", hidden: true, className: "suggestions" });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", field.dataset.suggestList);
      const status = form.appendChild(document.createElement("span"));
      status.className = "visually-hidden";
      status.setAttribute("role", "status");
      for (const [name, value] of [
        ["role", "combobox"],
        ["aria-autocomplete", "list"],
        ["aria-expanded", "false"],
        ["aria-controls", list.id],
      ]) {
        field.setAttribute(name, value);
      }
    }
    return { list, status: form.querySelector("[role=status]") };
  }

  function optionFor(entry, number) {
    const option = document.createElement("li");
    option.id = `search-suggestion-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = entry[3];
    option.append(entry[0]);
    if (entry[1]) {
      option.append(" ", Object.assign(document.createElement("small"), { textContent: entry[1] }));
    }
    return option;
  }

  function show(field, entries) {
    const { list, status } = partsOf(field);
    list.replaceChildren(...entries.map(optionFor));
    list.hidden = !entries.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    const isAsked = field.value.trim().length >= SHORTEST;
    status.textContent = isAsked ? `${field.dataset.suggestCount} ${entries.length}` : "";
  }

  function close(field) {
    const { list, status } = partsOf(field);
    list.hidden = true;
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function chosen(field) {
    return partsOf(field).list.querySelector("[aria-selected=true]");
  }

  function choose(field, step) {
    const options = [...partsOf(field).list.children];
    const places = options.length + 1; // one beyond the last stands for the field itself
    const before = options.indexOf(chosen(field));
    const now = options[((before < 0 ? options.length : before) + step + places) % places];
    options[before]?.setAttribute("aria-selected", "false");
    now?.setAttribute("aria-selected", "true");
    now?.scrollIntoView({ block: "nearest" });
    if (now) field.setAttribute("aria-activedescendant", now.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function open(field, option) {
    const address = new URL(option.dataset.address, location.href);
    const release = field.form.elements.release;
    if (release) address.searchParams.set("release", release.value);
    location.assign(address);
  }

  async function suggest(field) {
    const index = await indexFor(field);
    if (!index || document.activeElement !== field) return;
    show(field, suggested(field.value, index));
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  function onKey(event) {
    const field = event.target;
    if (!field.matches?.(FIELD)) return;
    const isOpen = !partsOf(field).list.hidden;
    const option = chosen(field);
    if (event.key in STEPS) {
      event.preventDefault();
      if (isOpen) choose(field, STEPS[event.key]);
      else suggest(field);
    } else if (event.key === "Enter" && isOpen && option) {
      event.preventDefault();
      open(field, option);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close(field);
    }
  }

  function fieldOf(node) {
    return node.closest?.("[role=option]")?.closest("form")?.querySelector(FIELD);
  }

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.(FIELD)) {
      partsOf(event.target);
      indexFor(event.target);
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.(FIELD)) suggest(event.target);
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(FIELD)) close(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    if (fieldOf(event.target)) event.preventDefault(); // the field keeps the focus
  });
  document.addEventListener("click", (event) => {
    const field = fieldOf(event.target);
    if (field) open(field, event.target.closest("[role=option]"));
  });
})();
