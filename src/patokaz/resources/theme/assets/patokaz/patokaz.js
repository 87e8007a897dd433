/* Small helps; every page works without them. Nothing is stored, nothing is sent. */
(function () {
  "use strict";
  // Another language opens at the section that is being read.
  function keepSection() {
    document.querySelectorAll("a[data-keep-section]").forEach(function (link) {
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

  function hideTip() {
    tip.hidden = true;
  }

  function showTip(event) {
    var term = event.target.closest && event.target.closest("a.pk-term");
    var definition = term && document.getElementById(term.getAttribute("aria-describedby"));
    if (!definition) {
      return;
    }
    tip.textContent = definition.textContent;
    tip.hidden = false;
    var box = term.getBoundingClientRect();
    var left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(8, left) + window.scrollX + "px";
    tip.style.top = box.bottom + window.scrollY + 4 + "px";
  }

  document.addEventListener("mouseover", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("mouseout", hideTip);
  document.addEventListener("focusout", hideTip);

  // The drawer and a term's explanation close with Escape.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      hideTip();
      document.getElementById("__drawer").checked = false;
    }
  });
})();
