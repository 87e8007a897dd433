/* The guide, one screen at a time. The route lives in this function and nowhere else: not in the address, the
   history, a storage or a cookie. Without this script the answers are links to the sections. */
(function () {
  "use strict";
  var guide = document.querySelector(".pk-guide");
  var back = guide.querySelector(".pk-guide-back");
  var again = guide.querySelector(".pk-guide-route ~ .pk-guide-again");
  var summary = guide.querySelector(".pk-guide-route");
  var list = summary.querySelector("ol");
  var change = summary.querySelector(".pk-guide-change");
  var start = guide.querySelector(".pk-guide-start");
  var route = [{ node: start, answer: "" }];

  // The last stop is the screen that is shown; it has no answer yet.
  function show() {
    var shown = guide.querySelector(".pk-guide-now");
    var here = route[route.length - 1];
    here.answer = "";
    if (shown) {
      shown.classList.remove("pk-guide-now");
    }
    here.node.classList.add("pk-guide-now");
    back.hidden = summary.hidden = route.length === 1;
    // An outcome has its own.
    again.hidden = route.length === 1 || here.node.classList.contains("pk-guide-outcome");
    // Earlier lines stay as they are; the last two are the answer just given and the screen that is shown.
    while (list.childNodes.length > Math.max(route.length - 2, 0)) {
      list.removeChild(list.lastChild);
    }
    while (list.childNodes.length < route.length) {
      list.appendChild(line(list.childNodes.length));
    }
  }

  // Who uses the keyboard or a screen reader continues at the new question.
  function move() {
    show();
    route[route.length - 1].node.querySelector("h2").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function piece(name, className, words) {
    var element = document.createElement(name);
    element.className = className;
    element.textContent = words;
    return element;
  }

  function line(index) {
    var stop = route[index];
    var item = document.createElement("li");
    var number = stop.node.querySelector(".pk-guide-number");
    var label = stop.node.querySelector(".pk-guide-label").cloneNode(true);
    var words = piece("span", "pk-guide-stop", "");
    while (label.firstChild) {
      words.appendChild(label.firstChild);
    }
    item.appendChild(piece("b", "pk-guide-stop-number", number ? number.textContent : ""));
    item.appendChild(words);
    if (stop.answer) {
      item.appendChild(piece("strong", "pk-guide-given", stop.answer));
      var button = change.cloneNode(true);
      button.hidden = false;
      button.setAttribute("aria-label", change.textContent + ": " + words.textContent);
      button.addEventListener("click", function () {
        route.length = index + 1;
        move();
      });
      item.appendChild(button);
    }
    stop.node.querySelectorAll(".pk-guide-ways a:not([href^='#'])").forEach(function (link) {
      item.appendChild(piece("strong", "pk-guide-given", link.textContent));
    });
    // On paper each stop says who acts, by when and with which form.
    stop.node.querySelectorAll("dl").forEach(function (facts) {
      item.appendChild(facts.cloneNode(true));
    });
    return item;
  }

  guide.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    if (link.closest(".pk-guide-again")) {
      route.length = 1;
    } else {
      var answer = link.classList.contains("pk-guide-answer") ? link.querySelector("span").textContent : "";
      route[route.length - 1].answer = answer;
      route.push({ node: document.getElementById(link.hash.slice(1)), answer: "" });
    }
    move();
  });
  back.addEventListener("click", function () {
    route.pop();
    move();
  });
  summary.querySelector(".pk-guide-print").addEventListener("click", function () {
    window.print();
  });
  guide.querySelector(".pk-guide-exit").addEventListener("click", function (event) {
    event.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    location.replace("about:blank");
  });

  // An address with a question in it was made without this script; the guide begins at its start.
  var named = document.getElementById(location.hash.slice(1));
  if (named && named.classList.contains("pk-guide-node")) {
    history.replaceState(null, "", location.pathname + location.search);
  }
  guide.classList.add("pk-guide-live");
  show();
})();
