"use strict";
(function () {
  const root = document.body.dataset.root;
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const narrow = window.matchMedia("(max-width: 50rem)");
  if (narrow.matches) document.querySelector(".pages").open = false;

  const sections = window.SECTIONS.map((section) => ({
    ...section, title: section.t.toLowerCase(), heading: section.h.toLowerCase(), text: section.x.toLowerCase(),
  }));

  function score(section, words) {
    let sum = 0;
    for (const word of words) {
      const here = (section.title.includes(word) ? 6 : 0) + (section.heading.includes(word) ? 4 : 0)
        + (section.text.includes(word) ? 1 : 0);
      if (here === 0) return 0;
      sum += here;
    }
    return sum;
  }

  function excerpt(section, word) {
    const at = Math.max(0, section.text.indexOf(word) - 60);
    return (at > 0 ? "…" : "") + section.x.slice(at, at + 160);
  }

  function item(section, words) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = root + section.u;
    link.textContent = section.t === section.h ? section.t : section.t + " › " + section.h;
    const small = document.createElement("small");
    small.textContent = excerpt(section, words[0]);
    line.append(link, small);
    return line;
  }

  function look() {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 0);
    found.hidden = words.length === 0;
    const best = words.length === 0 ? [] : sections
      .map((section) => [score(section, words), section]).filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0]).slice(0, 15);
    found.replaceChildren(...best.map(([, section]) => item(section, words)));
    if (words.length > 0 && best.length === 0) found.textContent = "Nothing has all of these words.";
  }

  field.addEventListener("input", look);
  found.addEventListener("click", () => { found.hidden = true; });
})();
