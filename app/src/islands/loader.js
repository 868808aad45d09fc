const { script, wasm } = document.getElementById("islands").dataset;
const start = async () => {
  const islands = await import(script);
  await islands.default({ module_or_path: wasm });
  islands.hydrate();
  for (const element of document.querySelectorAll("leptos-island")) islands[element.dataset.component]?.(element);
};
"requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1500 }) : setTimeout(start, 150);
