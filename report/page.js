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
      var label = button.textContent;
      button.addEventListener("click", function () {
        var text = document.getElementById(button.dataset.copy).innerText;
        function done() {
          button.textContent = button.dataset.done;
          setTimeout(function () { button.textContent = label; }, 1600);
        }
        function byHand() {
          var area = document.createElement("textarea");
          area.value = text;
          document.body.appendChild(area);
          area.select();
          if (document.execCommand("copy")) { done(); }
          area.remove();
        }
        if (navigator.clipboard) {
          navigator.clipboard.writeText(text).then(done, byHand);
        } else {
          byHand();
        }
      });
    });
  });

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
