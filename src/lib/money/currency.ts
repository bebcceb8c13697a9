/**
 * ISO 4217 codes by their number of minor-unit digits: those in use, and those withdrawn since about 1990 that still
 * stand in old files. Codes without a minor unit in the standard (gold, special drawing rights, test codes) are left
 * out, except XDR, which development banks book with two digits; XBT is no ISO code, but the aid standard lists it.
 */
const CODES_BY_DIGITS: Record<number, string> = {
	0: `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
		ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL`,
	2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
		CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG
		HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
		MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD
		SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD
		XCG XDR YER ZAR ZMW ZWG
		AFA ANG ATS AZM BGL CSD CUC CYP DEM EEK FIM FRF GHC HRK IEP LTL LVL MRO MTL MZM NLG ROL RUR SDD SIT SKK SLL SRG
		STD TJR TMM USS VEB VEF XEU YUM ZMK ZRN ZWD ZWL ZWN ZWR`,
	3: 'BHD IQD JOD KWD LYD OMR TND',
	4: 'CLF UYW',
	8: 'XBT'
};

const DIGITS: ReadonlyMap<string, number> = new Map(
	Object.entries(CODES_BY_DIGITS).flatMap(([digits, codes]) =>
		codes.split(/\s+/).map((code) => [code, Number.parseInt(digits, 10)] as const)
	)
);

/** All currency codes that the intake accepts, in C order. */
export const CURRENCY_CODES: readonly string[] = [...DIGITS.keys()].sort();

/** True for an ISO 4217 code in capitals, current or withdrawn. */
export function isCurrency(code: string): boolean {
	return DIGITS.has(code);
}

/**
 * Digits of the currency's minor unit (ISO 4217): 2 for EUR, 0 for JPY, 3 for TND. The intake refuses unknown codes;
 * for one that reaches a page all the same, 2.
 */
export function minorUnit(code: string): number {
	return DIGITS.get(code) ?? 2;
}
