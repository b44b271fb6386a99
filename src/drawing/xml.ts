/** Characters that XML 1.0 cannot contain, escaped or not. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Markup as a browser takes it, so that a reader of XML takes it as well. */
export const asXml = (markup: string): string =>
  markup
    .replace(notXml, '\ufffd')
    // In a text it would end what is not open.
    .replaceAll(']]>', ']]&gt;');
