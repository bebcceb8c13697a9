import { ESLint, type Linter } from 'eslint';
import { describe, expect, it } from 'vitest';

// Types need files that exist; the arrows and names are all that is looked at here.
const WITHOUT_TYPES: Linter.Config = {
	languageOptions: { parserOptions: { projectService: false } },
	rules: {
		'@typescript-eslint/no-floating-promises': 'off',
		'@typescript-eslint/no-misused-promises': 'off',
		'@typescript-eslint/await-thenable': 'off',
		'@typescript-eslint/only-throw-error': 'off',
		'@typescript-eslint/switch-exhaustiveness-check': 'off',
		'@typescript-eslint/no-unused-vars': 'off',
		'house/no-float-money': 'off'
	}
};

const eslint = new ESLint({
	overrideConfigFile: 'tests/support/lint/eslint.config.mjs',
	overrideConfig: WITHOUT_TYPES
});

async function rulesBroken(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const PURE = ['slice', 'sample', 'money', 'iati', 'words'];
const SEEN = ['figure', 'chart', 'map', 'table', 'layout'];
const FOLDERS = [...PURE, ...SEEN, 'server'];

/** The arrows of the design, written out once more: the configuration is not its own witness. */
function isDrawn(from: string, to: string): boolean {
	if (from === 'routes') return true;
	if (from === 'server') return ['server', 'iati', 'slice', 'sample', 'money', 'words'].includes(to);
	if (SEEN.includes(from)) return [...SEEN, 'slice', 'sample', 'money', 'words'].includes(to);
	return PURE.includes(to);
}

describe('arrows between folders', () => {
	for (const from of [...FOLDERS, 'routes']) {
		it(`lets ${from} import what the design draws, and nothing else`, async () => {
			const file = from === 'routes' ? 'src/routes/probe.ts' : `src/lib/${from}/probe.ts`;
			const wrong: string[] = [];
			for (const to of FOLDERS) {
				for (const code of [
					`import '#lib/${to}/x.ts';`,
					`await import('#lib/${to}/x.ts');`,
					`export * from '#lib/${to}/x.ts';`
				]) {
					const allowed = !(await rulesBroken(file, code)).includes('boundaries/dependencies');
					if (allowed !== isDrawn(from, to)) wrong.push(`${code} ${allowed ? 'allowed' : 'refused'}`);
				}
			}
			expect(wrong).toEqual([]);
		});
	}

	it('keeps migrations from importing anything of the project', async () => {
		expect(await rulesBroken('db/migrations/x.ts', `import '#lib/money/decimal.ts';`)).toContain(
			'boundaries/dependencies'
		);
	});
});

describe('what may not be written where', () => {
	const refused: [rule: string, file: string, code: string][] = [
		['no-restricted-imports', 'src/lib/slice/x.ts', `import { sql } from 'kysely';`],
		['no-restricted-imports', 'src/lib/money/x.ts', `import fs from 'node:fs';`],
		['no-restricted-imports', 'src/lib/words/x.ts', `import { page } from '$app/state';`],
		['no-restricted-imports', 'src/routes/x.ts', `import { sql } from 'kysely';`],
		['no-restricted-imports', 'src/routes/x.ts', `import { formatExact } from '#lib/money/format.ts';`],
		['no-restricted-imports', 'src/lib/table/x.ts', `import { formatShort } from '#lib/money/format.ts';`],
		['no-restricted-imports', 'src/lib/figure/x.ts', `import { page } from '$app/state';`],
		['no-restricted-imports', 'src/lib/layout/x.ts', `import { page } from '$app/stores';`],
		['no-restricted-imports', 'src/lib/server/x.ts', `import { env } from '$env/dynamic/private';`],
		['no-restricted-imports', 'src/routes/x.ts', `import { json } from '@sveltejs/kit';`],
		['no-restricted-imports', 'src/routes/x.ts', `import { Bars } from 'layerchart/svg';`],
		['no-restricted-syntax', 'src/lib/slice/x.ts', `export const now = Date.now();`],
		['no-restricted-syntax', 'src/lib/slice/x.ts', `export const now = new Date();`],
		['no-restricted-syntax', 'src/lib/server/ledger/x.ts', `export const url = process.env.DATABASE_URL;`],
		[
			'no-restricted-syntax',
			'src/lib/layout/x.ts',
			`new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });`
		],
		['no-restricted-syntax', 'tests/unit/x.ts', `it.only('runs alone', () => {});`],
		[
			'house/explained-exceptions',
			'src/lib/slice/x.ts',
			`// eslint-disable-next-line eqeqeq\nexport const same = (a: number, b: number) => a == b;`
		]
	];
	for (const [rule, file, code] of refused) {
		it(`refuses in ${file}: ${code}`, async () => {
			expect(await rulesBroken(file, code)).toContain(rule);
		});
	}

	const allowed: [file: string, code: string][] = [
		['src/lib/slice/x.ts', `export const day = new Date('2017-06-30');`],
		['src/lib/figure/x.ts', `import { formatExact } from '#lib/money/format.ts';`],
		['src/lib/server/outlet/x.ts', `import { formatExact } from '#lib/money/format.ts';`],
		['src/lib/chart/x.ts', `import { Bars } from 'layerchart/svg';`],
		['src/lib/layout/x.ts', `import { page } from '$app/state';`],
		['src/lib/server/configuration.ts', `export const url = process.env.DATABASE_URL;`],
		[
			'src/lib/slice/x.ts',
			`// eslint-disable-next-line eqeqeq -- compares as the standard does\nexport const same = (a: number, b: number) => a == b;`
		]
	];
	for (const [file, code] of allowed) {
		it(`allows in ${file}: ${code}`, async () => {
			expect(await rulesBroken(file, code)).toEqual([]);
		});
	}
});
