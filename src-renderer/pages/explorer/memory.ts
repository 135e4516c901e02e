/**
 * Which tab of the Explorer was looked at last (on this machine), and where each tab was left (while the page lives), so that
 * coming back finds things as they were. Addresses and names only.
 */

/** The tab of the Layer-Peeled Model, which has the Explorer's own address. */
export const layerPeeled = 'layer-peeled';

const KEY = 'peel.explorer';
const addresses = new Map<string, string>();

export function lastTab(): string {
  return localStorage.getItem(KEY) ?? layerPeeled;
}

export function rememberTab(tab: string): void {
  localStorage.setItem(KEY, tab);
}

/** The address at which a tab was left; null: not visited. */
export function addressOf(tab: string): string | null {
  return addresses.get(tab) ?? null;
}

export function rememberAddress(tab: string, address: string): void {
  addresses.set(tab, address);
}

/** The address a tab reads: the one in the bar if it says anything about this tab, otherwise where the tab was left. */
export function addressToRead(tab: string): string {
  const path = tab === layerPeeled ? '#/explorer' : `#/explorer/${tab}`;
  return location.hash.startsWith(`${path}?`) ? location.hash : (addressOf(tab) ?? path);
}
