/* Sorts, filters and marks the rows of tables that are in the page already: nothing is asked for.
   Without it headings are links to the same page in another order. */
(function () {
  "use strict";

  const PLACE = ".table-place[data-rows]";
  const FEWEST_FILTERED = 11;
  const sent = new WeakMap(); // the rows of a table, and their order, as the server has sent them
  const wishes = new Map(); // what a reader wants of a table, for when it is drawn anew

  /* Texts to look for, as data/folding.py spells their letters: either alphabet finds the other. */
  const CYRILLIC =
    "а:a б:b в:v г:g д:d е:e з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f " +
    "ё:yo ж:j х:h ц:ts ч:ch ш:sh щ:sh ъ: ы:i ь: э:e ю:yu я:ya ў:o қ:k ғ:g ҳ:h q:k x:h w:v";
  const LETTERS = Object.fromEntries(CYRILLIC.split(" ").map((pair) => pair.split(":")));
  const APOSTROPHES = /[ʻʼ'‘’`´]/g;

  function folded(text) {
    const spelled = [...plain(text)].map((letter) => LETTERS[letter] ?? letter).join("");
    return spelled.normalize("NFKD").replace(/\p{M}/gu, "");
  }

  function plain(text) {
    return text.normalize("NFC").toLowerCase().replace(APOSTROPHES, "");
  }

  /* What a reader wants, by the page and by the place of the table on it in either layer. */
  function keyOf(place) {
    const layer = place.closest("#still, #live") ?? document;
    return `${location.pathname} ${[...layer.querySelectorAll(PLACE)].indexOf(place)}`;
  }

  function wishOf(place) {
    const key = keyOf(place);
    if (!wishes.has(key)) wishes.set(key, { words: "", order: "", marked: new Set() });
    return wishes.get(key);
  }

  function tableIn(place) {
    return place.querySelector("table");
  }

  function headingsIn(place) {
    return [...tableIn(place).tHead.rows[0].cells].filter((each) => each.dataset.sort);
  }

  function usualIn(place) {
    return tableIn(place).dataset.usual;
  }

  /* Where the server sorts by the address, the address says how; elsewhere the reader's wish. */
  function orderOf(place) {
    const usual = usualIn(place);
    if (usual === undefined) return wishOf(place).order;
    return new URLSearchParams(location.search).get("sort") ?? usual;
  }

  function keepOrder(place, order) {
    const usual = usualIn(place);
    if (usual === undefined) {
      wishOf(place).order = order;
      return;
    }
    const address = new URL(location);
    address.searchParams.delete("sort");
    if (order !== usual) address.searchParams.set("sort", order);
    address.searchParams.sort();
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
  }

  /* Numbers from the largest, names from the first letter; then the other way; then as published. */
  function nextOrder(place, heading) {
    const key = heading.dataset.sort;
    const ways = heading.classList.contains("number") ? [`-${key}`, key] : [key, `-${key}`];
    const now = ways.indexOf(orderOf(place));
    return ways[now + 1] ?? usualIn(place) ?? "";
  }

  /* The value of a cell; null where a sign says why there is none. */
  function valueOf(cell) {
    const told = cell.querySelector("[data-value]");
    if (told) return Number(told.dataset.value);
    const text = cell.textContent.trim();
    if (!text || text === cell.querySelector(".status")?.textContent.trim()) return null;
    return cell.classList.contains("number") ? numberIn(text, cell) : partsOf(text);
  }

  function numberIn(text, cell) {
    const found = text.replace("−", "-").match(/^[+-]?\d[\d\s.,]*/);
    if (!found) return null;
    const digits = found[0].replace(/\s/g, "");
    const isEnglish = cell.closest("[lang]").lang === "en";
    return Number(isEnglish ? digits.replaceAll(",", "") : digits.replace(",", "."));
  }

  /* The same as the server sorts names by: numbers in them count as numbers. */
  function partsOf(text) {
    return plain(text).split(/(\d+)/);
  }

  function compared(one, other) {
    if (!Array.isArray(one)) return one - other;
    for (let part = 0; part < Math.min(one.length, other.length); part += 1) {
      const isNumber = part % 2;
      const [a, b] = [one[part], other[part]].map((each) => (isNumber ? Number(each) : each));
      if (a !== b) return a < b ? -1 : 1;
    }
    return one.length - other.length;
  }

  /* Rows by a column; equal ones stay as they are, and those without a value stand last. */
  function sorted(rows, column, isFalling) {
    const valued = rows.map((row) => ({ row, value: valueOf(row.cells[column]) }));
    const known = valued.filter((each) => each.value !== null);
    const unknown = valued.filter((each) => each.value === null);
    const sign = isFalling ? -1 : 1;
    known.sort((a, b) => sign * compared(a.value, b.value));
    return [...known, ...unknown].map((each) => each.row);
  }

  function inOrder(place, order) {
    const { rows, order: asSent } = sent.get(tableIn(place));
    if (order === asSent) return rows;
    const key = order.replace(/^-/, "");
    const heading = headingsIn(place).find((each) => each.dataset.sort === key);
    const byName = usualIn(place) === undefined ? rows : sorted(rows, 0, false);
    return heading ? sorted(byName, heading.cellIndex, order.startsWith("-")) : byName;
  }

  function isTotal(row) {
    return row.classList.contains("total");
  }

  /* Totals keep their places among the others. */
  function arrange(place, order) {
    const body = tableIn(place).tBodies[0];
    const next = inOrder(place, order).values();
    body.append(...[...body.rows].map((row) => (isTotal(row) ? row : next.next().value)));
    for (const heading of headingsIn(place)) {
      const isBy = heading.dataset.sort === order.replace(/^-/, "");
      heading.ariaSort = !isBy ? "none" : order.startsWith("-") ? "descending" : "ascending";
    }
  }

  function nameOf(row) {
    return row.cells[0].textContent.trim();
  }

  function isFound(row, tokens) {
    const names = [...row.cells].filter((cell) => cell.classList.contains("text"));
    const text = folded(names.map((cell) => cell.textContent).join(" "));
    return tokens.every((token) => text.includes(token));
  }

  function choose(place, words) {
    const { rows } = sent.get(tableIn(place));
    const tokens = folded(words).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !isFound(row, tokens);
  }

  function count(place, words) {
    const shown = sent.get(tableIn(place)).rows.filter((row) => !row.hidden).length;
    const text = words ? place.dataset.rows.replace("{shown}", shown) : "";
    place.querySelector(".table-count").textContent = text;
  }

  function mark(place, marked) {
    for (const row of sent.get(tableIn(place)).rows) {
      const isMarked = marked.has(nameOf(row));
      row.classList.toggle("marked", isMarked);
      row.querySelector(".mark").ariaPressed = String(isMarked);
    }
  }

  /* Both layers, and both tables of a page that are sorted by its address, show the same. */
  function showEverywhere(place) {
    const key = keyOf(place);
    const isByAddress = usualIn(place) !== undefined;
    for (const each of document.querySelectorAll(PLACE)) {
      if (keyOf(each) === key || (isByAddress && usualIn(each) !== undefined)) show(each);
    }
  }

  function show(place) {
    const { words, marked } = wishOf(place);
    const field = place.querySelector(".table-tools input");
    arrange(place, orderOf(place));
    mark(place, marked);
    if (!field) return;
    if (field.value !== words) field.value = words;
    choose(place, words);
    count(place, words);
  }

  /* The parts that only a browser with scripts can use */
  function made(tag, properties, ...content) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...content);
    return node;
  }

  function sortButton(heading) {
    const link = heading.querySelector("a.sort");
    const button = made("button", { type: "button", className: "sort" });
    button.append(...(link ?? heading).childNodes);
    heading.replaceChildren(button);
  }

  function markButton(row, words) {
    const name = nameOf(row);
    const ariaLabel = words.replace("{row}", name);
    row.cells[0].append(made("button", { type: "button", className: "mark", ariaLabel }));
  }

  function equipHeadings(place) {
    const isByAddress = usualIn(place) !== undefined;
    for (const heading of tableIn(place).tHead.rows[0].cells) {
      if (!isByAddress) heading.dataset.sort = `column-${heading.cellIndex}`;
    }
    headingsIn(place).forEach(sortButton);
  }

  function orderAsSent(place) {
    const heading = headingsIn(place).find((each) => ["ascending", "descending"].includes(each.ariaSort));
    if (!heading) return "";
    return (heading.ariaSort === "descending" ? "-" : "") + heading.dataset.sort;
  }

  function equipTools(place, rows) {
    const tools = place.querySelector(".table-tools");
    if (rows.length >= FEWEST_FILTERED) {
      const field = made("input", { type: "search", autocomplete: "off" });
      tools.append(made("label", {}, place.dataset.filter, field));
    }
    for (const className of ["table-count", "table-order visually-hidden"]) {
      tools.append(made("span", { className, role: "status" }));
    }
  }

  function equip(place) {
    const table = tableIn(place);
    if (!table || sent.has(table)) return;
    const rows = [...table.tBodies[0].rows].filter((row) => !isTotal(row));
    equipHeadings(place);
    equipTools(place, rows);
    rows.forEach((row) => markButton(row, place.dataset.mark));
    sent.set(table, { rows, order: orderAsSent(place) });
    show(place);
  }

  function sortBy(heading) {
    const place = heading.closest(PLACE);
    keepOrder(place, nextOrder(place, heading));
    showEverywhere(place);
    const isBack = orderOf(place) === (usualIn(place) ?? "");
    const said = place.dataset[isBack ? "published" : heading.ariaSort];
    const column = heading.innerText.replace(/\s+/g, " ").trim();
    place.querySelector(".table-order").textContent = said.replace("{column}", column);
  }

  function toggleMark(row) {
    const place = row.closest(PLACE);
    const { marked } = wishOf(place);
    if (!marked.delete(nameOf(row))) marked.add(nameOf(row));
    showEverywhere(place);
  }

  document.addEventListener("click", (event) => {
    const heading = event.target.closest?.(`${PLACE} button.sort`)?.closest("th");
    if (heading) sortBy(heading);
    const row = event.target.closest?.(`${PLACE} tbody tr:not(.total)`);
    const isOther = event.target.closest?.("a, summary") || !getSelection().isCollapsed;
    if (row && !isOther) toggleMark(row);
  });

  document.addEventListener("input", (event) => {
    const place = event.target.closest?.(".table-tools")?.closest(PLACE);
    if (!place) return;
    wishOf(place).words = event.target.value;
    showEverywhere(place);
  });

  /* What is reached by keyboard comes to lie beside the names that stay, not under them. */
  function uncover(target) {
    const cell = target.closest(".table-frame :is(td, th + th)");
    if (!cell) return;
    const name = cell.parentElement.cells[0].getBoundingClientRect();
    const hidden = name.right - target.getBoundingClientRect().left;
    if (hidden > 0) cell.closest(".table-frame").scrollLeft -= hidden;
  }

  document.addEventListener("focusin", (event) => {
    requestAnimationFrame(() => uncover(event.target)); // the browser scrolls after this event
  });

  function equipAll() {
    document.querySelectorAll(PLACE).forEach(equip);
  }

  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    if (added.some((node) => node.matches?.("table") || node.querySelector?.("table"))) equipAll();
  }).observe(document.body, { childList: true, subtree: true });
  equipAll();
})();
