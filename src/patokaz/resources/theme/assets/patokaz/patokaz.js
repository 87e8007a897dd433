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
    var definition = term && document.getElementById(term.getAttribute("aria-describedby"));
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

  // The menu's button takes the place of a label, which serves without this script.
  var drawer = document.getElementById("__drawer");
  var label = document.querySelector("label.pk-menu");
  var button = document.createElement("button");
  button.className = "pk-menu";
  button.type = "button";
  button.append(...label.childNodes);
  label.replaceWith(button);

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
})();
