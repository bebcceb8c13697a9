import { describe, expect, test } from 'vitest';
import { activityXml, fileXml } from '../support/iati-activity.ts';
import { activitiesOf, readText, ruled } from '../support/iati-files.ts';

describe('texts', () => {
	const titleOf = async (title: string, attributes?: string) => {
		const xml = activityXml({ attributes });
		const read = await readText(fileXml(xml.replace('<narrative>Title</narrative>', title)));
		return { title: activitiesOf(read)[0]?.title, read };
	};

	test.each([
		['<narrative>a</narrative><narrative xml:lang="FR">b</narrative>', { en: 'a', fr: 'b' }],
		['<narrative xml:lang="ENG">a</narrative>', { en: 'a' }],
		['<narrative xml:lang="pt-BR">a</narrative>', { 'pt-br': 'a' }],
		['<narrative xml:lang="not a language">a</narrative>', { und: 'a' }],
		['<narrative xml:lang="__proto__">a</narrative>', { und: 'a' }],
		['<narrative>  </narrative><narrative xml:lang="es"/>', {}],
		['<narrative> null </narrative>', { en: 'null' }],
		['<narrative>Water &amp;amp; &amp;lt;b&amp;gt;</narrative>', { en: 'Water &amp; &lt;b&gt;' }],
		['<narrative><![CDATA[<script>x</script>]]></narrative>', { en: '<script>x</script>' }]
	])('%s', async (written, title) => {
		expect((await titleOf(written)).title).toEqual(title);
	});

	test('lose no word to markup', async () => {
		const { title, read } = await titleOf('<narrative>Fight <b>human</b> trafficking</narrative>');
		expect(title).toEqual({ en: 'Fight human trafficking' });
		expect(ruled(read, 'markup-in-text')).toHaveLength(1);
	});

	test('without any language are of an unknown one', async () => {
		expect((await titleOf('<narrative>a</narrative>', 'default-currency="EUR"')).title).toEqual({ und: 'a' });
	});

	test('the first of a language counts, and many more are one line', async () => {
		const many = Array.from({ length: 500 }, (_, index) => `<narrative>Title ${index}</narrative>`).join('');
		const { title, read } = await titleOf(many);
		expect(title).toEqual({ en: 'Title 0' });
		const said = ruled(read, 'text-repeated');
		expect(said).toHaveLength(10);
		expect(said.at(-1)).toBe(
			'en: Title 10 | the first one in its language is kept; 489 more like this in it'
		);
	});

	test('that no screen could show are cut, never inside a character', async () => {
		const { title, read } = await titleOf(`<narrative>a${'😀'.repeat(150_000)}</narrative>`);
		expect(title!.en!.length).toBe(199_999);
		expect(title!.en!.isWellFormed()).toBe(true);
		expect(ruled(read, 'text-too-long')).toHaveLength(1);
	});
});
