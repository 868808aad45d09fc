// The catalogue, so that tests press the key a reader sees instead of repeating its words.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const locales = fileURLToPath(new URL('../../locales', import.meta.url));
const read = new Map();

/** A pattern for the text `id`, whatever its variables are filled with. */
export function textPattern(locale, id) {
  return new RegExp(`^\\s*${source(locale, id)}\\s*$`, 'su');
}

/** The same behind a mark that says whether it is chosen. */
export function choicePattern(locale, id) {
  return new RegExp(`^\\s*\\S+\\s+${source(locale, id)}\\s*$`, 'su');
}

function source(locale, id) {
  const text = catalogue(locale).get(id);
  if (text === undefined) throw new Error(`no text ${id} in ${locale}`);
  const parts = text.split(/\{[^{}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('.*');
}

/** What a reader sees, without the marks that say which way a line and its words run. */
export function plain(text) {
  return text.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replaceAll(/\s+/g, ' ').trim();
}

function catalogue(locale) {
  if (!read.has(locale)) {
    const folder = join(locales, locale);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
    // Texts of one line are enough: labels of keys have no other.
    const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    const entries = lines.map((line) => /^([a-z][\w-]*) = (.+)$/.exec(line)).filter(Boolean);
    read.set(locale, new Map(entries.map(([, id, text]) => [id, text])));
  }
  return read.get(locale);
}
