/* Search within the page: `/` goes to the field, typing lists the headings, captions and rows that
   hold all the words, Enter or a click goes there. The field is made here: without this script the
   browser's own search is what there is. */
(function () {
  "use strict";
  var MOST = 12;
  var PLACES = "h2, h3, .table .caption, figcaption .caption, main th[scope=row], main dt, main summary";

  // What a place says, without the number before a chapter's title.
  function said(place) {
    return Array.from(place.childNodes).filter(function (part) {
      return !part.classList || !part.classList.contains("no");
    }).map(function (part) { return part.textContent; }).join("").trim().replace(/\s+/g, " ");
  }

  function entries(edition) {
    return Array.from(edition.querySelectorAll(PLACES)).map(function (place) {
      var section = place.closest("section");
      var heading = section && section.querySelector("h2");
      return {
        place: place,
        text: said(place),
        within: heading && heading !== place ? said(heading) : ""
      };
    }).filter(function (entry) { return entry.text; });
  }

  function found(all, wanted) {
    var words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) { return []; }
    var seen = {};
    return all.filter(function (entry) {
      var text = entry.text.toLowerCase();
      var key = entry.text + "|" + entry.within;
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; }) && !seen[key];
      seen[key] = seen[key] || fits;
      return fits;
    });
  }

  function go(place) {
    for (var fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    place.tabIndex = -1;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
    place.classList.add("found");
    setTimeout(function () { place.classList.remove("found"); }, 2400);
  }

  function fieldOf(edition) {
    var contents = edition.querySelector("nav.contents details");
    if (!contents) { return; }
    var box = document.createElement("div");
    var field = document.createElement("input");
    var list = document.createElement("ul");
    var count = document.createElement("p");
    box.className = "search";
    box.setAttribute("role", "search");
    field.type = "search";
    field.placeholder = contents.dataset.search + "  /";
    field.setAttribute("aria-label", contents.dataset.search);
    field.autocomplete = "off";
    count.className = "visually-hidden";
    count.setAttribute("role", "status");
    box.append(field, count, list);
    contents.querySelector("summary").after(box);
    var all = null;

    function show() {
      all = all || entries(edition);
      var hits = found(all, field.value);
      list.replaceChildren.apply(list, hits.slice(0, MOST).map(function (hit) {
        var item = document.createElement("li");
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = hit.text.length > 90 ? hit.text.slice(0, 90) + "…" : hit.text;
        if (hit.within) {
          var small = document.createElement("small");
          small.textContent = hit.within;
          button.append(small);
        }
        button.addEventListener("click", function () { clear(); go(hit.place); });
        item.append(button);
        return item;
      }));
      count.textContent = field.value ? contents.dataset.found.replace("{n}", hits.length) : "";
      box.classList.toggle("empty", Boolean(field.value.trim()) && !hits.length);
    }
    function clear() { field.value = ""; show(); }

    field.addEventListener("input", show);
    box.addEventListener("keydown", function (event) {
      var buttons = Array.from(list.querySelectorAll("button"));
      var at = buttons.indexOf(document.activeElement);
      if (event.key === "Escape") { clear(); field.blur(); }
      if (event.key === "Enter" && document.activeElement === field && buttons.length) { buttons[0].click(); }
      if (event.key === "ArrowDown" && buttons.length) { buttons[Math.min(at + 1, buttons.length - 1)].focus(); }
      if (event.key === "ArrowUp" && at >= 0) { (buttons[at - 1] || field).focus(); }
      if (/^Arrow(Up|Down)$/.test(event.key)) { event.preventDefault(); }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".edition").forEach(fieldOf);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (document.activeElement.matches("input:not(.switch), textarea")) { return; }
    var fields = Array.from(document.querySelectorAll(".search input"));
    var field = fields.find(function (each) { return each.closest(".edition").checkVisibility(); });
    if (!field) { return; }
    event.preventDefault();
    field.closest("details").open = true;
    field.focus();
  });
})();
