/**
 * The theme in force as charts need it. It follows the document's data-theme attribute, so that a chart works wherever
 * it is mounted, without a context.
 */
import { createSubscriber } from 'svelte/reactivity';
import { themes, type ChartTheme } from '../../src-main/charts/theme.ts';

const subscribe = createSubscriber((update) => {
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
});

/** Reactive inside effects and templates. */
export function chartTheme(): ChartTheme {
  subscribe();
  return document.documentElement.dataset['theme'] === 'dark' ? themes.dark : themes.light;
}
