/* A day is chosen, and each document shows what was in force on it. Without this script the table shows all days.
   The day lives in the field and nowhere else: not in the address, a storage or a cookie. */
(function () {
  "use strict";
  var form = document.querySelector(".pk-day");
  var field = form.querySelector("input");
  var output = form.querySelector("output");
  var rows = document.querySelectorAll(".pk-as-of tbody tr");

  // Days are compared as they are written: year, month, day.
  function counts(item, day) {
    return item.dataset.from <= day && (!item.dataset.to || day <= item.dataset.to);
  }

  function show() {
    var day = field.value;
    var known = 0;
    rows.forEach(function (row) {
      var nothing = row.querySelector(".pk-nothing");
      var spans = Array.from(row.querySelectorAll("li[data-from]"));
      var now = spans.filter(function (item) {
        item.hidden = day !== "" && !counts(item, day);
        return !item.hidden;
      });
      nothing.hidden = now.length > 0;
      known += now.some((item) => !("none" in item.dataset)) ? 1 : 0;
    });
    // On paper the day must stand beside what was in force on it.
    form.classList.toggle("pk-day-set", day !== "");
    output.textContent = day ? output.dataset.words.replace("{n}", known).replace("{total}", rows.length) : "";
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  field.addEventListener("input", show);
  form.hidden = false;
  // A browser may have kept a day from an earlier visit of the page.
  show();
})();
