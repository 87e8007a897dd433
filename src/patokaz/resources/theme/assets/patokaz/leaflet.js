// The quick exit of a leaflet: blank at once, and no way back to this page. Without this script it is a plain link.
(function () {
  "use strict";
  document.querySelector(".pk-guide-exit").addEventListener("click", function (event) {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    location.replace("about:blank");
  });
})();
