/* Small helps; every page works without them. Nothing is stored, nothing is sent. */
(function () {
  "use strict";
  // Another language opens at the section that is being read.
  function keepSection() {
    document.querySelectorAll(".pk-languages a").forEach(function (link) {
      link.hash = location.hash;
    });
  }
  window.addEventListener("hashchange", keepSection);
  keepSection();

  // A copy can be older than its review date; only the reader's own clock knows.
  document.querySelectorAll("[data-review-due]").forEach(function (note) {
    if (new Date() > new Date(note.dataset.reviewDue + "T23:59:59")) {
      note.hidden = false;
    }
  });

  document.querySelectorAll("a.pk-term").forEach(function (term) {
    term.setAttribute("aria-describedby", "def-" + term.hash.slice(1));
  });

  // A term explains itself on hover and focus; its definition stands hidden at the end of the page.
  var tip = document.createElement("div");
  tip.className = "pk-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.appendChild(tip);

  var leaving = 0;

  function hideTip() {
    clearTimeout(leaving);
    tip.hidden = true;
  }

  // Not at once: who enlarges the screen moves the pointer onto the words that appeared (WCAG 1.4.13).
  function hideTipSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(hideTip, 300);
  }

  function keepTip() {
    clearTimeout(leaving);
  }

  function showTip(event) {
    var term = event.target.closest && event.target.closest("a.pk-term");
    var definition = term && document.getElementById("def-" + term.hash.slice(1));
    if (!definition) {
      return;
    }
    keepTip();
    tip.textContent = definition.textContent;
    tip.hidden = false;
    var box = term.getBoundingClientRect();
    var left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(8, left) + window.scrollX + "px";
    var below = box.bottom + 4;
    var fits = below + tip.offsetHeight <= document.documentElement.clientHeight;
    tip.style.top = (fits ? below : box.top - tip.offsetHeight - 4) + window.scrollY + "px";
  }

  document.addEventListener("mouseover", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("mouseout", hideTipSoon);
  document.addEventListener("focusout", hideTip);
  tip.addEventListener("mouseover", keepTip);

  // The drawer and a term's explanation close with Escape.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      hideTip();
      openMenu(false);
    }
  });

  // Takes the place of what serves without this script.
  function buttonFor(element) {
    var made = document.createElement("button");
    made.className = element.className;
    made.type = "button";
    made.append(...element.childNodes);
    element.replaceWith(made);
    return made;
  }

  var drawer = document.getElementById("__drawer");
  var button = buttonFor(document.querySelector("label.pk-menu"));

  function openMenu(open) {
    drawer.checked = open;
    button.setAttribute("aria-expanded", String(open));
  }

  openMenu(drawer.checked);
  button.addEventListener("click", function () {
    openMenu(!drawer.checked);
  });
  drawer.addEventListener("change", function () {
    openMenu(drawer.checked);
  });

  // Search: the link to the A–Z page becomes a button. Its parts are loaded on first use, from the moment that a finger or
  // a button goes down on it, by elements for file://; without one of them that page serves.
  var link = document.querySelector(".pk-search");
  var assets = document.currentScript.src.replace("patokaz.js", "");
  var search, panel, field;

  function put(parent, name, properties) {
    return parent.appendChild(Object.assign(document.createElement(name), properties));
  }

  function loadSearch() {
    if (!panel) {
      // The field comes first: a phone's keyboard needs the touch, and no letter gets lost.
      panel = put(document.body, "dialog", { className: "pk-find" });
      field = put(put(panel, "div", { className: "pk-find-head" }), "input", { enterKeyHint: "search" });
      Object.assign(field, { autocomplete: "off", autocapitalize: "off", spellcheck: false });
      put(document.head, "link", { rel: "stylesheet", href: assets + "search.css" });
      [assets + "search.js", assets + "finder.js", assets + "../../find-common.js", link.href.replace(/html$/, "js")].forEach((src) =>
        put(document.head, "script", { src, async: false, onerror: () => (location = link.href) })
      );
    }
  }

  function openSearch() {
    search.focus({ preventScroll: true }); // closing returns to it
    loadSearch();
    if (!panel.open) {
      panel.showModal();
    }
    field.focus();
  }

  if (window.HTMLDialogElement) {
    search = buttonFor(link);
    search.onpointerdown = loadSearch;
    search.onclick = openSearch;
    document.addEventListener("keydown", function (event) {
      // With Shift too: Macedonian and Albanian keyboards need it.
      if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.target.closest("input, select")) {
        event.preventDefault();
        openSearch();
      }
    });
  }
})();
