/* Remembers language and colours, marks the place in the contents, copies texts. The page is
   whole without it: the switches are radio buttons that the stylesheet reads. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function remembered(key) {
    try { return localStorage.getItem("grassroots." + key); } catch (error) { return null; }
  }
  function remember(key, value) {
    try { localStorage.setItem("grassroots." + key, value); } catch (error) { /* private mode */ }
  }

  function apply(input) {
    root.dataset[input.name] = input.value;
    if (input.name !== "lang") { return; }
    root.lang = input.dataset.htmlLang;
    document.title = input.dataset.title;
  }

  // The place that is read stays on the screen when the language changes.
  function placeInView() {
    var found = null;
    document.querySelectorAll(".edition").forEach(function (edition) {
      if (!edition.offsetParent && getComputedStyle(edition).display === "none") { return; }
      edition.querySelectorAll("h1, h2, h3, figure, .table").forEach(function (part) {
        if (part.getBoundingClientRect().top < 120) { found = part; }
      });
    });
    return found;
  }
  function counterpart(part, language) {
    if (!part || !part.id) { return null; }
    return document.getElementById(part.id.replace(/^[a-z]+-/, language + "-"));
  }

  document.querySelectorAll("input.switch").forEach(function (input) {
    if (input.value === remembered(input.name)) { input.checked = true; }
    if (input.checked) { apply(input); }
    input.addEventListener("change", function () {
      remember(input.name, input.value);
      apply(input);
    });
  });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll('.controls label[for^="lang-"]').forEach(function (label) {
      label.addEventListener("click", function () {
        var language = label.htmlFor.slice(5);
        var place = window.scrollY > 200 ? counterpart(placeInView(), language) : null;
        var shift = place ? placeInView().getBoundingClientRect().top : 0;
        requestAnimationFrame(function () {
          if (!place) { window.scrollTo(0, 0); return; }
          window.scrollTo(0, window.scrollY + place.getBoundingClientRect().top - shift);
        });
      });
    });

    var wide = window.matchMedia("(min-width: 64rem)");
    function fitDrawer() {
      document.querySelectorAll("details.drawer").forEach(function (drawer) {
        drawer.open = wide.matches;
      });
    }
    fitDrawer();
    wide.addEventListener("change", fitDrawer);
    document.querySelectorAll("details.drawer a").forEach(function (link) {
      link.addEventListener("click", function () { if (!wide.matches) { fitDrawer(); } });
    });

    if ("IntersectionObserver" in window) {
      var links = {};
      document.querySelectorAll(".contents a").forEach(function (link) {
        links[link.hash.slice(1)] = link;
      });
      var watcher = new IntersectionObserver(function (entries) {
        entries.forEach(function (entry) {
          var link = links[entry.target.getAttribute("aria-labelledby").replace(/-answer$/, "-main")];
          if (!link || !entry.isIntersecting) { return; }
          link.closest("ol").querySelectorAll("[aria-current]").forEach(function (other) {
            other.removeAttribute("aria-current");
          });
          link.setAttribute("aria-current", "true");
        });
      }, { rootMargin: "-10% 0px -80% 0px" });
      document.querySelectorAll("section[aria-labelledby]").forEach(function (section) {
        watcher.observe(section);
      });
    }

    document.querySelectorAll("button.copy").forEach(function (button) {
      button.addEventListener("click", function () {
        copyText(document.getElementById(button.dataset.copy), button);
      });
    });

    // Sentences get their buttons when they are unfolded: a page has hundreds of them.
    document.querySelectorAll("ul.say").forEach(function (list) {
      list.parentElement.addEventListener("toggle", function () {
        if (list.querySelector("button")) { return; }
        list.querySelectorAll("li > span").forEach(function (sentence) {
          var button = document.createElement("button");
          button.type = "button";
          button.className = "copy";
          button.textContent = list.dataset.copy;
          button.dataset.done = list.dataset.done;
          button.addEventListener("click", function () { copyText(sentence, button); });
          sentence.after(button);
        });
      });
    });
  });

  // Every number knows where it comes from. The records are packed; they are opened on first use.
  var records = null;
  function withRecords(use) {
    if (records) { use(records); return; }
    var packed = document.getElementById("numbers");
    if (!packed || !("DecompressionStream" in window)) { return; }
    var bytes = Uint8Array.from(atob(packed.textContent), function (c) { return c.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    new Response(stream).json().then(function (found) { records = found; use(found); });
  }

  function origin(found, key) {
    var number = found.numbers[key];
    var row = found.rows[number[0]];
    var table = found.tables[row[0]];
    var read = Object.keys(table[4]).map(function (path) { return path + " (" + table[4][path] + ")"; });
    return {
      value: number[2],
      n: row[2] === null ? "–" : String(row[2]),
      place: [table[0], row[1], found.columns[number[1]]].filter(Boolean).join(" | "),
      rule: table[3],
      file: table[1] + " (" + table[2] + ")",
      from: read.join("\n") || "–",
      again: table[5]
    };
  }

  function showOrigin(number) {
    var keys = number.dataset.v.split(" ").filter(function (key) { return /^[a-z]/.test(key); });
    var card = document.getElementById(number.closest(".edition").dataset.lang + "-trace");
    if (!card || !keys.length) { return; }
    withRecords(function (found) {
      var origins = keys.map(function (key) { return origin(found, key); });
      function all(part) {
        return origins.map(function (one) { return one[part]; })
          .filter(function (text, index, texts) { return texts.indexOf(text) === index; }).join("\n");
      }
      card.querySelector(".value").textContent = all("value");
      card.querySelectorAll("dt").forEach(function (term) {
        term.nextElementSibling.textContent = all(term.dataset.part);
      });
      document.querySelectorAll(".traced").forEach(function (one) { one.classList.remove("traced"); });
      number.classList.add("traced");
      card.hidden = false;
    });
  }
  function hideOrigin() {
    document.querySelectorAll(".trace").forEach(function (card) { card.hidden = true; });
    document.querySelectorAll(".traced").forEach(function (one) { one.classList.remove("traced"); });
  }

  function goTo(number) {
    if (!number) { return; }
    number.tabIndex = -1;
    number.focus();
    showOrigin(number);
  }
  // From a number the arrow keys lead to the one beside it, or above or below it in its table.
  function neighbour(number, key) {
    var all = Array.from(number.closest("main").querySelectorAll("[data-v]"));
    if (key === "ArrowRight") { return all[all.indexOf(number) + 1]; }
    if (key === "ArrowLeft") { return all[all.indexOf(number) - 1]; }
    var row = number.closest("tr");
    var next = row && (key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
    return next && next.cells[number.cellIndex];
  }

  document.addEventListener("click", function (event) {
    var number = event.target.closest("[data-v]");
    if (event.target.closest(".trace .close")) { hideOrigin(); return; }
    if (number) { goTo(number); } else if (!event.target.closest(".trace")) { hideOrigin(); }
  });
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    if (event.key === "Escape") { hideOrigin(); return; }
    if (event.key === "Enter" && at.matches(".scroll")) { goTo(at.querySelector("[data-v]")); }
    if (at.matches("[data-v]") && /^Arrow/.test(event.key)) {
      var next = neighbour(at, event.key);
      if (next && next.matches("[data-v]")) { event.preventDefault(); goTo(next); }
    }
  });

  // With its italics where the browser can, else as it is selected, else not at all.
  function copyText(part, button) {
    var label = button.textContent;
    if (label === button.dataset.done) { return; }
    function done() {
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = label; }, 1600);
    }
    function byHand() {
      var selection = window.getSelection();
      selection.selectAllChildren(part);
      if (document.execCommand("copy")) { done(); }
      selection.removeAllRanges();
    }
    if (!navigator.clipboard || !window.ClipboardItem) { byHand(); return; }
    var html = part.innerHTML.replace(/<span[^>]*>|<\/span>/g, "");
    navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([part.innerText], { type: "text/plain" })
    })]).then(done, byHand);
  }

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (part) {
      part.open = true;
      part.dataset.opened = "print";
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-opened]").forEach(function (part) {
      part.open = false;
      delete part.dataset.opened;
    });
  });
})();
