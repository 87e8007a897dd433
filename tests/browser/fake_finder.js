/* An engine that knows only whether a title holds the typed letters; what it was asked is noted. */
window.patokazFindCommon = function () {};
window.patokazFind = function (shard) {
  "use strict";
  function holds(entry, typed) {
    const at = entry.title.toLowerCase().indexOf(typed);
    return at < 0 ? null : { ...entry, marks: [[at, at + typed.length]] };
  }
  const engine = {
    ...shard,
    asked: [],
    find(query, filters) {
      engine.asked.push([query, { ...filters }]);
      const typed = query.trim().toLowerCase();
      const hits = engine.entries
        .filter((entry) => Object.keys(filters).every((name) => !filters[name] || !entry[name] || entry[name].includes(filters[name])))
        .filter((entry) => filters.all || !entry.old)
        .map((entry) => holds(entry, typed))
        .filter(Boolean)
        .slice(0, 30);
      const said = engine.answers[typed] || {};
      return { hits, understood: said.understood || [], instead: said.instead || "", urgent: hits.length ? [] : engine.urgent };
    },
  };
  window.patokazFinder = engine;
  if (window.patokazFindReady) {
    window.patokazFindReady(engine);
  }
};
