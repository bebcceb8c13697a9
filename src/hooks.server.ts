import type { HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { address } from '#lib/server/hooks/address.ts';
import { errors } from '#lib/server/hooks/errors.ts';
import { headers } from '#lib/server/hooks/headers.ts';
import { language } from '#lib/server/hooks/language.ts';
import { origin } from '#lib/server/hooks/origin.ts';
import { start } from './start-development.ts';

export const init: ServerInit = start;
export const handle = sequence(headers, origin, address, language);
export const handleError: HandleServerError = errors;
