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
    new Response(stream).arrayBuffer().then(function (buffer) { records = unpacked(buffer); use(records); });
  }

  // As report/trace.py packs them: the length of a JSON text, the text, values of eight bytes each.
  function unpacked(buffer) {
    var end = 4 + new DataView(buffer).getUint32(0, true);
    var found = JSON.parse(new TextDecoder().decode(buffer.slice(4, end)));
    var row = 0, column = 0, following = 0;
    var numbers = Array.from(new Float64Array(buffer.slice(end)), function (value, place) {
      row += found.row[place];
      column += found.column[place];
      return { value: value, row: found.rows[row], column: found.columns[column] };
    });
    var held = found.held.map(function (keys) {
      if (typeof keys === "number") {
        keys = Array.from({ length: keys }, function (_, step) { return following + step; });
      }
      if (keys.length) { following = keys[keys.length - 1] + 1; }
      return keys.map(function (key) { return numbers[key]; });
    });
    var origins = new Map();
    numbersOf(document).forEach(function (place, index) { origins.set(place, held[index]); });
    return { tables: found.tables, of: origins };
  }

  // A cell without a class holds a number; what has a value of its own was declared, not computed.
  function isNumber(one) {
    return one.matches('[data-v=""], td:not([class], [data-v])') && /\S/.test(one.textContent);
  }
  function numbersOf(part) {
    return Array.from(part.querySelectorAll("[data-v], td")).filter(isNumber);
  }

  function origin(found, number) {
    var table = found.tables[number.row[0]];
    var read = Object.keys(table[4]).map(function (path) { return path + " (" + table[4][path] + ")"; });
    return {
      value: String(number.value),
      n: number.row[2] === null ? "–" : String(number.row[2]),
      place: [table[0], number.row[1], number.column].filter(Boolean).join(" | "),
      rule: table[3],
      file: table[1] + " (" + table[2] + ")",
      from: read.join("\n") || "–",
      again: table[5]
    };
  }

  // A verdict rests on a dozen files: more than a few are shut behind their count.
  function fill(place, text, counted) {
    var lines = text.split("\n").length;
    place.textContent = text;
    if (!counted || lines < 5) { return; }
    var fold = document.createElement("details"), summary = document.createElement("summary");
    summary.textContent = counted.replace("{n}", lines);
    fold.append(summary, text);
    place.replaceChildren(fold);
  }

  function showOrigin(number) {
    var card = document.getElementById(number.closest(".edition").dataset.lang + "-trace");
    if (!card) { return; }
    withRecords(function (found) {
      var origins = (found.of.get(number) || []).map(function (one) { return origin(found, one); });
      if (!origins.length) { return; }
      function all(part) {
        return origins.map(function (one) { return one[part]; })
          .filter(function (text, index, texts) { return texts.indexOf(text) === index; }).join("\n");
      }
      card.querySelector(".value").textContent = all("value");
      card.querySelectorAll("dt").forEach(function (term) {
        fill(term.nextElementSibling, all(term.dataset.part), term.dataset.fold);
      });
      document.querySelectorAll("[data-traced]").forEach(function (one) { delete one.dataset.traced; });
      number.dataset.traced = "";
      card.hidden = false;
    });
  }
  function hideOrigin() {
    document.querySelectorAll(".trace").forEach(function (card) { card.hidden = true; });
    document.querySelectorAll("[data-traced]").forEach(function (one) { delete one.dataset.traced; });
  }

  function goTo(number) {
    if (!number) { return; }
    number.tabIndex = -1;
    number.focus();
    showOrigin(number);
  }
  // From a number the arrow keys lead to the one beside it, or above or below it in its table.
  function neighbour(number, key) {
    var all = numbersOf(number.closest("main"));
    if (key === "ArrowRight") { return all[all.indexOf(number) + 1]; }
    if (key === "ArrowLeft") { return all[all.indexOf(number) - 1]; }
    var row = number.closest("tr");
    var next = row && (key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
    return next && next.cells[number.cellIndex];
  }

  document.addEventListener("click", function (event) {
    var number = event.target.closest("[data-v], td");
    if (event.target.closest(".trace .close")) { hideOrigin(); return; }
    if (number && isNumber(number)) { goTo(number); } else if (!event.target.closest(".trace")) { hideOrigin(); }
  });
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    if (event.key === "Escape") { hideOrigin(); return; }
    if (event.key === "Enter" && at.matches(".scroll")) { goTo(numbersOf(at)[0]); }
    if (/^Arrow/.test(event.key) && isNumber(at)) {
      var next = neighbour(at, event.key);
      if (next && isNumber(next)) { event.preventDefault(); goTo(next); }
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
    // What leaves the page of simulated data says so, but for works cited and the citation.
    var mark = part.closest("[data-cited]") ? "" : part.closest(".edition").dataset.mark || "";
    function byHand() {
      var selection = window.getSelection();
      var said = part.appendChild(document.createTextNode(mark));
      selection.selectAllChildren(part);
      if (document.execCommand("copy")) { done(); }
      selection.removeAllRanges();
      said.remove();
    }
    if (!navigator.clipboard || !window.ClipboardItem) { byHand(); return; }
    var html = part.innerHTML.replace(/<span[^>]*>|<\/span>/g, "") + mark;
    navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([part.innerText + mark], { type: "text/plain" })
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
