import { readSurroundings } from './surroundings.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ url }) => readSurroundings(url);
