import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: true }),
		// Hash mode: a nonce would change every body and end caching and 304 answers.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src-elem': ['self'],
				// LayerChart positions its parts by style attributes; scripts stay strict.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		// The pages are one process's and cached per data version; a version poll would break the cache for nothing.
		version: { pollInterval: 0 },
		typescript: {
			config: (config) => {
				config.include.push('../db/**/*.ts', '../tests/**/*.ts');
				return config;
			}
		}
	}
};
