/** The browser's address bar, as far as the Explorer reads and writes it. */
import type { AddressBar } from './address-writer.ts';

export const addressBar: AddressBar = {
  get hash() {
    return location.hash;
  },
  replace: (address) => history.replaceState(null, '', address),
};
