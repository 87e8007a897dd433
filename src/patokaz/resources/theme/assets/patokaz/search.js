/* The search panel: turns the field of patokaz.js into a combobox over what the engine finds (finder.js, find.js).
   What is typed and chosen lives in this function: in no address, history, storage or cookie. It goes when the panel
   closes or the page is left. Words reach the page as text only. */
(function () {
  "use strict";
  const BEST = 3; // hits that stand first, in their own order and whatever their kind
  const EACH = 5; // further hits of a kind before "all"
  const MOST = 30; // hits that the engine gives at most
  const SHORT = 40; // letters of an answer that is set large: a number, a length of time, not a definition
  const label = document.querySelector(".pk-search").textContent;
  const panel = document.querySelector(".pk-find");
  const field = panel.querySelector("input");
  const head = field.parentNode;
  const folder = document.querySelector("script[src$='find.js']").src.slice(0, -7);
  const exit = document.querySelector(".pk-guide-exit");
  const view = window.visualViewport;
  const list = make("div", { id: "pk-find-list", role: "listbox", "aria-label": label });
  const told = make("div", { class: "pk-find-told" });
  const live = make("div", { class: "pk-hidden", role: "status" });
  const close = make("button", { class: "pk-find-close", type: "button" }, "×");
  const fold = make("button", { class: "pk-find-fold", type: "button", "aria-expanded": false });
  const roles = make("select", {});
  let engine, words, frame, telling;
  let chosen = {};
  let hits = [];
  let options = [];
  let active = -1;

  function set(element, attributes) {
    for (const key in attributes) {
      element.setAttribute(key, attributes[key]);
    }
    return element;
  }

  function make(name, attributes, ...content) {
    const element = set(document.createElement(name), attributes);
    element.append(...content);
    return element;
  }

  // In its own direction: words of several scripts stand in a line.
  function own(name, ...content) {
    return make(name, { dir: "auto" }, ...content);
  }

  function button(said, name, value = "") {
    return make("button", { type: "button", name, value }, said);
  }

  // Results

  function show() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (options.length) {
      panel.scrollTop = 0; // before anything changes: afterwards it would lay out all at once
    }
    hits = [];
    options = [];
    told.textContent = list.textContent = "";
    if (engine) {
      if (field.value.trim()) {
        tell(engine.find(field.value, { ...chosen, all: "all" in chosen }));
      } else {
        told.append(words.hint);
      }
      const filters = Object.keys(chosen).length;
      fold.textContent = words.filters + (filters ? ` (${filters})` : "");
      if (filters) {
        told.append(button(words.reset, "reset"));
      }
      roles.value = chosen.role || "";
      panel.querySelectorAll("[aria-pressed]").forEach((toggle) => {
        set(toggle, { "aria-pressed": chosen[toggle.name] === toggle.value });
      });
      // A screen reader is told when the typing rests.
      clearTimeout(telling);
      telling = setTimeout(() => (live.textContent = told.innerText), 600);
    }
    set(field, { "aria-expanded": options.length > 0 });
    activate(-1);
  }

  function tell(found) {
    hits = found.hits;
    const more = hits.length < MOST ? "" : "+";
    const kinds = new Map();
    hits.forEach((hit) => kinds.set(hit.kind, (kinds.get(hit.kind) || []).concat(hit)));
    const best = kinds.size > 1 ? hits.slice(0, BEST) : [];
    told.append(own("span", hits.length ? `${words.results}: ${hits.length}${more}` : words.nothing));
    found.understood.forEach((word) => {
      const typed = make("bdi", { lang: word.language }, word.typed);
      told.append(make("span", {}, typed, make("i", {}, " → "), own("strong", word.means)));
    });
    if (found.instead) {
      told.append(make("span", {}, words.instead, " ", button(found.instead, "instead", found.instead)));
    }
    group(words.best, best, true);
    kinds.forEach((members, kind) => {
      const rest = members.filter((hit) => !best.includes(hit));
      const shown = best.length ? rest.slice(0, EACH) : rest;
      const all = shown.length < rest.length && button(`${words.all}: ${members.length}${more}`, "kind", kind);
      group(kindName(kind), shown, false, all);
    });
    group(words.urgent, found.urgent || []);
  }

  function kindName(id) {
    return engine.kinds.find((kind) => kind.id === id).name;
  }

  function group(name, members, mixed, all) {
    if (members.length) {
      const heading = mixed ? "" : make("p", { "aria-hidden": true }, name);
      const box = make("div", { role: "group", "aria-label": name }, heading, ...members.map((hit) => row(hit, mixed)));
      if (all) {
        box.append(option(all));
      }
      list.append(box);
    }
  }

  function option(element) {
    return set(element, { id: `pk-find-${options.push(element)}`, tabindex: -1, role: "option" });
  }

  function row(hit, mixed) {
    const title = own("strong");
    let end = 0;
    hit.marks.forEach(([from, to]) => {
      title.append(hit.title.slice(end, from), make("mark", {}, hit.title.slice(from, to)));
      end = to;
    });
    title.append(hit.title.slice(end));
    return option(
      make(
        "a",
        { href: folder + hit.href },
        title,
        line(hit.datum.length > SHORT ? "meaning" : "datum", hit.datum),
        line("do", hit.when, hit.form, hit.persons && `${words.only_for}: ${hit.persons}`, hit.who),
        line(
          "place",
          hit.id,
          hit.revision,
          hit.status,
          hit.source && `${words.source}: ${hit.source.title}`,
          mixed && kindName(hit.kind),
          hit.context
        )
      )
    );
  }

  function line(name, ...said) {
    const facts = make("span", { class: `pk-find-${name}` });
    said.filter(Boolean).forEach((fact, index) => facts.append(index ? " · " : "", own("span", fact)));
    return facts;
  }

  // Keyboard

  function activate(index) {
    active = index;
    options.forEach((element, number) => set(element, { "aria-selected": number === index }));
    set(field, { "aria-activedescendant": index < 0 ? "" : options[index].id });
    if (index >= 0) {
      options[index].scrollIntoView({ block: "nearest" });
    }
  }

  // Through the options and, past an end, back into the field.
  function move(by) {
    const places = options.length + 1;
    activate(((active + 1 + by + places) % places) - 1);
  }

  function enter() {
    if (frame) {
      show();
    }
    if (active >= 0 || (hits.length && hits[0].direct)) {
      options[Math.max(active, 0)].click();
    } else {
      // Pressed again it opens the best hit. On a phone the keyboard makes room for what was found.
      move(1);
      if (matchMedia("(pointer: coarse)").matches) {
        field.blur();
      }
    }
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => activate(0),
    End: () => activate(options.length - 1),
    Enter: enter,
  };

  function type(query) {
    field.value = query;
    field.focus();
    show();
  }

  function forget() {
    field.value = live.textContent = "";
    show();
  }

  field.addEventListener("input", () => {
    frame = frame || requestAnimationFrame(show);
  });
  field.addEventListener("keydown", (event) => {
    // Where no option is active, these two move in the text.
    const inText = active < 0 && /^(Home|End)$/.test(event.key);
    if (KEYS[event.key] && !inText && !event.isComposing) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      type("");
    }
  });

  // Pointer

  // The field keeps the focus where the pressed button goes away.
  panel.addEventListener("mousedown", (event) => {
    if (event.target.closest("[name]:not([aria-pressed])")) {
      event.preventDefault();
    }
  });
  panel.addEventListener("click", (event) => {
    const target = event.target.closest("a, button") || event.target;
    const { name, value } = target;
    if (target === panel || target === close) {
      panel.close();
    } else if (target === fold) {
      set(fold, { "aria-expanded": panel.classList.toggle("pk-find-unfolded") });
    } else if (name === "instead") {
      type(value);
    } else if (name === "reset") {
      chosen = {};
      show();
    } else if (name) {
      choose(name, chosen[name] === value ? "" : value);
    } else if (target.pathname === location.pathname && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      panel.close();
    }
  });
  panel.addEventListener("close", forget);
  addEventListener("pagehide", () => {
    chosen = {};
    panel.close();
    forget();
  });

  // Filters

  function choose(name, value) {
    chosen[name] = value;
    if (!value) {
      delete chosen[name];
    }
    show();
  }

  function toggle(said, name, value) {
    return set(button(said, name, value), { "aria-pressed": false });
  }

  function toggles(name, items, more = "") {
    const made = items.map((item) => toggle(item.name, name, item.id));
    return make("div", { role: "group", "aria-label": words[name] }, make("span", {}, words[name]), ...made, more);
  }

  function ready(made) {
    engine = made;
    words = engine.words;
    set(close, { "aria-label": words.close });
    roles.append(new Option(words.roles, ""), ...engine.roles.map((role) => new Option(role.name, role.id)));
    roles.onchange = () => choose("role", roles.value);
    close.before(fold);
    head.after(
      make(
        "div",
        { class: "pk-find-filters" },
        make("label", {}, words.role, roles),
        toggles("persons", engine.persons),
        toggles("kind", engine.kinds, toggle(words.superseded, "all", true))
      )
    );
    panel.removeAttribute("aria-busy");
    show();
  }

  // What a phone's keyboard leaves to be seen.
  function measure() {
    if (view.scale === 1) {
      panel.style.setProperty("--pk-seen", `${view.height}px`);
    }
  }

  set(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-label": label });
  set(panel, { "aria-label": label, "aria-busy": true });
  head.append(close);
  panel.append(told, list, live);
  if (exit) {
    const copy = exit.cloneNode(true);
    copy.addEventListener("click", (event) => {
      event.preventDefault();
      exit.click();
    });
    head.append(copy);
  }
  if (view) {
    view.addEventListener("resize", measure);
    requestAnimationFrame(measure);
  }
  if (panel.open) {
    show();
  } else {
    forget();
  }
  if (window.patokazFinder) {
    ready(window.patokazFinder);
  } else {
    window.patokazFindReady = ready;
  }
})();
