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

  // The drawer closes with Escape, and so does a term's explanation.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    var drawer = document.getElementById("__drawer");
    if (drawer) {
      drawer.checked = false;
    }
    if (document.activeElement && document.activeElement.closest(".pk-term")) {
      document.activeElement.blur();
    }
  });
})();
