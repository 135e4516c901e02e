/** What hovering shows, as HTML of our own making: every foreign text is escaped. */
import type { ChartTheme } from './theme.ts';

export interface TooltipRow {
  readonly name: string;
  readonly color: string;
  readonly value: string;
  readonly detail?: string;
}

export function tooltipBox(theme: ChartTheme) {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.panel,
    borderColor: theme.hairline,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
    extraCssText: 'box-shadow: 0 2px 10px rgb(0 0 0 / 0.12); border-radius: 6px;',
  };
}

/** @param title HTML, already escaped. */
export function tooltipHtml(title: string, rows: readonly TooltipRow[]): string {
  const cells = rows.map(
    (row) =>
      `<tr><td style="padding:1px 6px 1px 0"><span style="display:inline-block;width:12px;border-top:2px solid ${row.color};vertical-align:middle"></span></td>` +
      `<td style="padding:1px 14px 1px 0">${escapeHtml(row.name)}</td>` +
      `<td style="padding:1px 0;text-align:right;font-variant-numeric:tabular-nums">${escapeHtml(row.value)}</td>` +
      `<td style="padding:1px 0 1px 8px">${escapeHtml(row.detail ?? '')}</td></tr>`,
  );
  return `<div style="margin-bottom:2px">${title}</div><table style="border-collapse:collapse">${cells.join('')}</table>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
