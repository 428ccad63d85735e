import { plainText } from '../plain-text.ts';

/** Text for an HTML element or a quoted attribute. Control characters are shown, as everywhere in the reports. */
export function escapeHtml(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A link where the address is one of the web; anything else (`javascript:`) is text. */
export function link(address: string): string {
  const text = escapeHtml(address);
  return /^https?:\/\/[^\s]+$/.test(address) ? `<a href="${text}" rel="noreferrer noopener">${text}</a>` : text;
}
