import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from '../../../svelte.config.js';
import { ELEMENTS, POLICIES, PURE, SEEN } from './arrows.mjs';
import { explainedExceptions } from './explained-exceptions.mjs';
import { noFloatMoney } from './no-float-money.mjs';

const inLib = (folders) =>
	folders.flatMap((folder) => [`src/lib/${folder}/**/*.ts`, `src/lib/${folder}/**/*.svelte`]);

// --- What may be imported where. One list per place, because a later list replaces an earlier one.

const GONE_IN_KIT_3 = [
	{ regex: '^\\$app/stores$', message: 'Use $app/state.' },
	{ regex: '^\\$lib(/|$)', message: 'Use #lib/….' },
	{ regex: '^\\$env/', message: 'The environment is read in lib/server/configuration.ts.' }
];
const GONE_NAMES = [{ name: '@sveltejs/kit', importNames: ['json'], message: 'Use Response.json().' }];
const DATABASE = {
	regex: '^(kysely|pg|@electric-sql/)',
	message: 'SQL stands under lib/server and db only.'
};
const LAYERCHART = { regex: '^layerchart', message: 'LayerChart is used in lib/chart only.' };
const MAP = { regex: '^(d3-geo|topojson-client)', message: 'Maps are drawn in lib/map only.' };
const FRAMEWORK = {
	regex: '^(\\$app/|@sveltejs/|svelte(/|$)|node:|kysely|pg$|@electric-sql/|layerchart|d3-|topojson-)',
	message: 'A pure folder knows no database, no framework and no system.'
};
const APP_IN_PARTS = {
	regex: '^\\$app/(?!navigation$)',
	message: 'What people see takes plain data; of $app it may use $app/navigation only.'
};
const APP_IN_LAYOUT = {
	regex: '^\\$app/(?!(navigation|state)$)',
	message: 'Of $app, layout may use navigation and state.'
};
const NODE_IN_PARTS = { regex: '^node:', message: 'What people see also runs in browsers.' };
const IN_PARTS = [DATABASE, NODE_IN_PARTS];
const MONEY_AS_TEXT = {
	regex: '^(#lib|\\.\\.)/money/format\\.ts$',
	importNamePattern: '^format(Exact|Short|WithCurrency)$',
	message: 'Money is printed by <Figure>, which carries its proof.'
};

const restrict = (...patterns) => ({
	'no-restricted-imports': ['error', { paths: GONE_NAMES, patterns: [...GONE_IN_KIT_3, ...patterns] }]
});

// --- What may not be written where; again one list per place.

const CURRENCY_STYLE = {
	selector: "Property[key.name='style'][value.value='currency']",
	message: 'Money is written by lib/money/format.ts.'
};
const ENVIRONMENT = {
	selector: "MemberExpression[object.name='process'][property.name='env']",
	message: 'The environment is read in lib/server/configuration.ts.'
};
const CLOCK = {
	selector: [
		"NewExpression[callee.name='Date'][arguments.length=0]",
		"CallExpression[callee.name='Date']",
		"CallExpression[callee.object.name='Date'][callee.property.name='now']",
		"CallExpression[callee.object.name='performance'][callee.property.name='now']",
		"CallExpression[callee.object.name='Math'][callee.property.name='random']"
	].join(', '),
	message: 'A pure folder has no clock and no chance: pass the moment in.'
};
const ONLY = {
	selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|todo)$/]',
	message: 'No test stands alone or is only promised.'
};
const forbid = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] });

const CORE = {
	rules: Object.fromEntries(
		[
			...[
				'array-callback-return',
				'eqeqeq',
				'no-async-promise-executor',
				'no-cond-assign',
				'no-constant-condition'
			],
			...['no-debugger', 'no-dupe-else-if', 'no-duplicate-case', 'no-empty', 'no-eval', 'no-fallthrough'],
			...['no-irregular-whitespace', 'no-loss-of-precision', 'no-self-assign'],
			...['no-self-compare', 'no-template-curly-in-string', 'no-unreachable', 'no-unsafe-finally'],
			...['no-unsafe-optional-chaining', 'no-useless-catch', 'no-useless-escape', 'use-isnan', 'valid-typeof']
		].map((rule) => [rule, 'error'])
	)
};

export default defineConfig(
	{
		ignores: [
			'node_modules/',
			'build/',
			'.svelte-kit/',
			'.node/',
			'.cache/',
			'.data/',
			'src/lib/paraglide/',
			'src/lib/server/database/schema.ts',
			'tests/results/'
		]
	},
	CORE,
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		plugins: {
			house: { rules: { 'no-float-money': noFloatMoney, 'explained-exceptions': explainedExceptions } }
		},
		rules: {
			'house/explained-exceptions': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			// TypeScript itself finds names that are not defined.
			'no-undef': 'off',
			'no-console': 'error'
		}
	},
	{
		files: ['**/*.ts', '**/*.svelte'],
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			]
		}
	},
	{
		files: ['**/*.ts'],
		ignores: ['**/*.svelte.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/only-throw-error': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		// Without types: for these files alone they would take three times as long as all the rest together.
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// Addresses are built by the one codec and localised; `resolve` does not encode parameters.
			'svelte/no-navigation-without-resolve': 'off',
			// Their reactive twins are for state; here addresses are put together and written out.
			'svelte/prefer-svelte-reactivity': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/require-each-key': 'error'
		}
	},
	{
		files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
		languageOptions: { globals: globals.node },
		rules: { 'no-undef': 'error', '@typescript-eslint/no-require-imports': 'off' }
	},

	// The arrows between folders.
	{
		files: ['src/**/*.ts', 'src/**/*.svelte', 'db/**/*.ts'],
		plugins: { boundaries },
		settings: {
			'boundaries/elements': ELEMENTS,
			'import/resolver': { './tests/support/lint/resolver.cjs': {} }
		},
		rules: { 'boundaries/dependencies': ['error', { default: 'disallow', policies: POLICIES }] }
	},

	// What each place may import and write.
	{
		files: ['src/**/*.ts', 'src/**/*.svelte', 'db/**/*.ts'],
		ignores: inLib(['chart', 'map']),
		rules: { 'house/no-float-money': 'error' }
	},
	{
		files: [...inLib(['money', 'server/ledger', 'server/intake', 'server/outlet']), 'db/seed/**/*.ts'],
		rules: { 'house/no-float-money': ['error', 'strict'] }
	},
	{
		files: ['src/**/*.ts', 'src/**/*.svelte', 'db/**/*.ts'],
		rules: { ...restrict(), ...forbid(CURRENCY_STYLE, ENVIRONMENT) }
	},
	{ files: ['src/routes/**', 'src/hooks*.ts'], rules: restrict(DATABASE, LAYERCHART, MAP, MONEY_AS_TEXT) },
	{ files: inLib(['server']), rules: restrict(LAYERCHART, MAP, MONEY_AS_TEXT) },
	{ files: inLib(['server/outlet']), rules: restrict(LAYERCHART, MAP) },
	{
		files: inLib(PURE),
		rules: { ...restrict(FRAMEWORK, MONEY_AS_TEXT), ...forbid(CURRENCY_STYLE, ENVIRONMENT, CLOCK) }
	},
	{ files: inLib(SEEN), rules: restrict(...IN_PARTS, LAYERCHART, MAP, APP_IN_PARTS, MONEY_AS_TEXT) },
	{ files: inLib(['layout']), rules: restrict(...IN_PARTS, LAYERCHART, MAP, APP_IN_LAYOUT, MONEY_AS_TEXT) },
	{ files: inLib(['figure']), rules: restrict(...IN_PARTS, LAYERCHART, MAP, APP_IN_PARTS) },
	{ files: inLib(['chart']), rules: restrict(...IN_PARTS, MAP, APP_IN_PARTS) },
	{ files: inLib(['map']), rules: restrict(...IN_PARTS, LAYERCHART, APP_IN_PARTS) },

	// Where the environment is read, and where lines are printed.
	{ files: ['src/lib/server/configuration.ts'], rules: forbid(CURRENCY_STYLE) },
	{
		files: [
			'src/server.ts',
			'src/lib/server/hooks/**',
			'src/launch.cjs',
			'src/launch/**',
			'db/command.ts',
			'src/import.ts',
			'tests/**'
		],
		rules: { 'no-console': 'off' }
	},
	{ files: ['tests/**/*.ts'], rules: forbid(ONLY) }
);
