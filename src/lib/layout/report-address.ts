/**
 * Where "Report an error" leads: with the page's address where the target can take one.
 * @param reportTo a `mailto:` or `https:` address from the configuration, or null for the page `/about`
 * @param url the whole address of the page
 * @param subject the line a mail begins with
 */
export function reportAddress(reportTo: string | null, url: string, subject: string): string {
	if (reportTo === null) return '/about#report';
	const joint = reportTo.includes('?') ? '&' : '?';
	if (reportTo.startsWith('mailto:')) {
		return `${reportTo}${joint}subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${url}\n\n`)}`;
	}
	return `${reportTo}${joint}page=${encodeURIComponent(url)}`;
}
