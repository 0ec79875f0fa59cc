// What the admin's searched lists say, in Kazakh; Select2 has no words of its own for it.
(() => {
  const amd = window.jQuery?.fn?.select2?.amd;
  amd?.define("select2/i18n/kk", [], () => ({
    errorLoading: () => "Нәтижелерді жүктеу мүмкін болмады",
    inputTooLong: ({ input, maximum }) => `Артық таңбалар саны: ${input.length - maximum}`,
    inputTooShort: ({ input, minimum }) => `Тағы енгізілетін таңбалар саны: ${minimum - input.length}`,
    loadingMore: () => "Тағы да жүктелуде…",
    maximumSelected: ({ maximum }) => `Ең көбі таңдалатын жазбалар саны: ${maximum}`,
    noResults: () => "Ештеңе табылмады",
    searching: () => "Іздеу жүріп жатыр…",
    removeAllItems: () => "Барлығын алып тастау",
    removeItem: () => "Алып тастау",
    search: () => "Іздеу",
  }));
})();
