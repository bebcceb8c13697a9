import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { build, type Plugin } from 'vite';
import { PARAGLIDE } from './src/messages/paraglide.mjs';

/** One kind of test: its folder under `tests/`, and how patient it is. */
const project = (
	name: string,
	test: TestProjectInlineConfiguration['test'] = {}
): TestProjectInlineConfiguration => ({
	extends: true,
	test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node', ...test }
});

/**
 * Bundles the pages' one script into the framework's output, under the name that the root layout knows. Pages are not
 * hydrated, so the framework makes no bundle for browsers itself.
 */
const enhancement: Plugin = {
	name: 'enhancement',
	apply: 'build',
	closeBundle: {
		sequential: true,
		// Before the framework hands its output to the adapter.
		order: 'pre',
		async handler() {
			if (this.environment.name !== 'ssr') return;
			await build({
				configFile: false,
				publicDir: false,
				logLevel: 'warn',
				plugins: [svelte()],
				build: {
					outDir: '.svelte-kit/output/client',
					emptyOutDir: false,
					rolldownOptions: {
						input: { enhance: 'src/enhance.ts' },
						output: {
							entryFileNames: '_app/[name].js',
							chunkFileNames: '_app/immutable/chunks/[hash].js',
							assetFileNames: '_app/immutable/assets/[name].[hash][extname]'
						}
					}
				}
			});
		}
	}
};

export default defineConfig(({ mode }) => ({
	plugins: [
		// Compiles the messages anew when one changes. Before a build and before tests the launcher has compiled them.
		mode === 'development' && paraglideVitePlugin(PARAGLIDE),
		sveltekit(),
		enhancement
	],
	server: { host: '127.0.0.1' },
	preview: { host: '127.0.0.1' },
	test: {
		maxWorkers: 2,
		tags: [
			{
				name: 'nightly',
				description:
					'Long: matrices, generated worlds, processes killed at random. Run by `--nightly`, not by every `npm test`.'
			}
		],
		// A test without an assertion proves nothing. What is awaited may take long on a machine that does other things.
		expect: { requireAssertions: true, poll: { timeout: 15_000 } },
		projects: [
			// Files change nothing that another sees, so that all of one worker share what they import.
			project('unit', { isolate: false, testTimeout: 20_000 }),
			project('integration', {
				// A process for each file gives databases in memory back; without the long tests files share one (src/launch/checks.mjs).
				pool: 'forks',
				// Generous: a machine under load is slow, and a test that hangs is told all the same.
				testTimeout: 240_000,
				hookTimeout: 240_000,
				globalSetup: 'tests/support/integration-setup.ts'
			}),
			project('e2e', {
				pool: 'forks',
				// Servers and the browser are processes of their own: what a file leaves in the tests' own is little.
				isolate: false,
				// A browser, a server and a test that wait for each other leave two processors half idle.
				maxWorkers: 3,
				testTimeout: 120_000,
				hookTimeout: 240_000,
				globalSetup: 'tests/support/e2e-setup.ts'
			})
		]
	}
}));
