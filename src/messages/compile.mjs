import { compile } from '@inlang/paraglide-js';
import { PARAGLIDE } from './paraglide.mjs';

await compile(PARAGLIDE);
