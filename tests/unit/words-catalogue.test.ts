import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { locales } from '#lib/paraglide/runtime.js';

/** A message is a text, or one text for each plural form of its language. */
type Variants = { declarations: string[]; selectors: string[]; match: Record<string, string> };
type Message = string | [Variants];
type Catalogue = Record<string, Message>;

const FILES = readdirSync('src/messages/en');
const read = (locale: string, file: string) =>
	JSON.parse(readFileSync(`src/messages/${locale}/${file}`, 'utf8')) as Catalogue;

const texts = (message: Message) =>
	typeof message === 'string' ? [message] : Object.values(message[0].match);
const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g));
/** What a message can be given: where a form spells its number out, the number itself is not in that text. */
const inputs = (message: Message) =>
	[...new Set(texts(message).flatMap((text) => [...placeholders(text)]))].toSorted();

describe.each(locales.filter((locale) => locale !== 'en'))('the catalogue in %s', (locale) => {
	it.each(FILES)('%s says all that English says, and nothing else', (file) => {
		expect(Object.keys(read(locale, file)).toSorted()).toEqual(Object.keys(read('en', file)).toSorted());
	});

	it.each(FILES)('%s has the same placeholders', (file) => {
		const [english, other] = [read('en', file), read(locale, file)];
		const shared = Object.keys(english).filter((name) => other[name] !== undefined);
		expect(shared.map((name) => [name, ...inputs(other[name]!)])).toEqual(
			shared.map((name) => [name, ...inputs(english[name]!)])
		);
	});

	it.each(FILES)('%s leaves no message empty, doubled in its spaces or badly closed', (file) => {
		const careless = Object.entries(read(locale, file)).flatMap(([name, message]) =>
			texts(message)
				.filter((text) => /^\s*$| {2}|\.\.\.|"/.test(text))
				.map((text) => [name, text])
		);
		expect(careless).toEqual([]);
	});
});

describe('plural forms', () => {
	const counted = FILES.flatMap((file) => Object.entries(read('ar', file))).filter(
		(entry): entry is [string, [Variants]] => typeof entry[1] !== 'string'
	);

	it('are those that Arabic has, with a last one for every other number', () => {
		expect(counted.length).toBeGreaterThan(10);
		for (const [name, [{ match }]] of counted)
			expect(
				Object.keys(match).map((key) => key.split('=')[1]),
				name
			).toEqual(['one', 'two', 'few', 'many', '*']);
	});

	it('name the number wherever the noun alone does not', () => {
		for (const [name, [{ declarations, match }]] of counted) {
			const number = `{${/local \w+ = (\w+): plural/.exec(declarations.at(-1)!)![1]!}}`;
			for (const [key, text] of Object.entries(match))
				if (!/=(?:one|two)$/.test(key)) expect(text, name).toContain(number);
		}
	});

	it.each([
		[1, 'نشاط واحد'],
		[2, 'نشاطان'],
		[3, '3 أنشطة'],
		[10, '10 أنشطة'],
		[11, '11 نشاطًا'],
		[99, '99 نشاطًا'],
		[100, '100 نشاط'],
		[135, '135 نشاطًا'],
		[0, '0 نشاط']
	])('of %i are right', (count, text) => {
		expect(m.words_activities({ count }, { locale: 'ar' })).toBe(text);
	});
});

describe('Arabic', () => {
	const FIRST_STRONG = '\u2068';
	const END = '\u2069';
	// What comes from a source or an address and is as a rule written in Latin letters.
	const FOREIGN = ['name', 'parameter', 'file', 'title', 'portfolio'];
	const SPOKEN_ONLY = /^(?:chart_|map_spoken)/;

	it('is written in Arabic', () => {
		for (const file of FILES)
			for (const [name, message] of Object.entries(read('ar', file)))
				for (const text of texts(message)) {
					const letters = text.replace(/\{\w+\}/g, '').match(/\p{L}{2,}/gu) ?? [];
					if (letters.length > 0) expect(text, name).toMatch(/\p{Script=Arabic}/u);
				}
	});

	it('holds what may be in another script apart, so that neither disturbs the order of the other', () => {
		const loose = FILES.flatMap((file) =>
			Object.entries(read('ar', file)).flatMap(([name, message]) =>
				texts(message)
					.filter((text) =>
						FOREIGN.some(
							(foreign) =>
								text.includes(`{${foreign}}`) && !text.includes(`${FIRST_STRONG}{${foreign}}${END}`)
						)
					)
					.map(() => name)
			)
		);
		expect(loose.filter((name) => !SPOKEN_ONLY.test(name))).toEqual([]);
	});

	it('closes what it opens: every isolate has its end', () => {
		for (const file of FILES)
			for (const [name, message] of Object.entries(read('ar', file)))
				for (const text of texts(message))
					expect(text.match(/[\u2066-\u2068]/g)?.length ?? 0, name).toBe(text.match(/\u2069/g)?.length ?? 0);
	});

	it('uses the comma, the semicolon and the question mark of its script', () => {
		for (const file of FILES)
			for (const [name, message] of Object.entries(read('ar', file)))
				for (const text of texts(message)) expect(text, name).not.toMatch(/\p{Script=Arabic}[,;?]/u);
	});
});
