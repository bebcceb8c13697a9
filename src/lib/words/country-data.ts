/**
 * ISO 3166-1: each word is an alpha-3 code followed by its alpha-2 code.
 * Areas of the map that ISO does not know (their codes begin with X) have none.
 */
export const ISO_CODES = `
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT
AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO
BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG
COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO
DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB
GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY
HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY
LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA
NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE
PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA
SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR
SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG
VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
`;

/**
 * United Nations short names where the names that come with the runtime (Unicode CLDR) differ,
 * by language and ISO alpha-2 code. Everything not listed is the same in both.
 */
export const UN_NAMES: Record<'en' | 'fr', Record<string, string>> = {
	en: {
		AG: 'Antigua and Barbuda',
		BA: 'Bosnia and Herzegovina',
		BL: 'Saint Barthélemy',
		BN: 'Brunei Darussalam',
		BO: 'Bolivia (Plurinational State of)',
		BQ: 'Bonaire, Sint Eustatius and Saba',
		CD: 'Democratic Republic of the Congo',
		CG: 'Congo',
		CI: 'Côte d’Ivoire',
		CV: 'Cabo Verde',
		FK: 'Falkland Islands (Malvinas)',
		FM: 'Micronesia (Federated States of)',
		GB: 'United Kingdom of Great Britain and Northern Ireland',
		GS: 'South Georgia and the South Sandwich Islands',
		HK: 'China, Hong Kong Special Administrative Region',
		HM: 'Heard Island and McDonald Islands',
		IR: 'Iran (Islamic Republic of)',
		KN: 'Saint Kitts and Nevis',
		KP: "Democratic People's Republic of Korea",
		KR: 'Republic of Korea',
		LA: "Lao People's Democratic Republic",
		LC: 'Saint Lucia',
		MD: 'Republic of Moldova',
		MF: 'Saint Martin (French Part)',
		MM: 'Myanmar',
		MO: 'China, Macao Special Administrative Region',
		NL: 'Netherlands (Kingdom of the)',
		PM: 'Saint Pierre and Miquelon',
		PN: 'Pitcairn',
		PS: 'State of Palestine',
		RU: 'Russian Federation',
		SH: 'Saint Helena',
		SJ: 'Svalbard and Jan Mayen Islands',
		ST: 'Sao Tome and Principe',
		SX: 'Sint Maarten (Dutch part)',
		SY: 'Syrian Arab Republic',
		TC: 'Turks and Caicos Islands',
		TT: 'Trinidad and Tobago',
		TW: 'Taiwan Province of China',
		TZ: 'United Republic of Tanzania',
		UM: 'United States Minor Outlying Islands',
		US: 'United States of America',
		VA: 'Holy See',
		VC: 'Saint Vincent and the Grenadines',
		VE: 'Venezuela (Bolivarian Republic of)',
		VI: 'United States Virgin Islands',
		VN: 'Viet Nam',
		WF: 'Wallis and Futuna Islands'
	},
	fr: {
		AX: 'Îles d’Åland',
		BN: 'Brunéi Darussalam',
		BO: 'Bolivie (État plurinational de)',
		BQ: 'Bonaire, Saint-Eustache et Saba',
		BY: 'Bélarus',
		CC: 'Îles des Cocos (Keeling)',
		CD: 'République démocratique du Congo',
		CG: 'Congo',
		CV: 'Cabo Verde',
		FK: 'Îles Falkland (Malvinas)',
		FM: 'Micronésie (États fédérés de)',
		GB: 'Royaume-Uni de Grande-Bretagne et d’Irlande du Nord',
		HK: 'Chine, région administrative spéciale de Hong Kong',
		HM: 'Île Heard-et-Îles MacDonald',
		IQ: 'Iraq',
		IR: 'Iran (République islamique d’)',
		KG: 'Kirghizistan',
		KN: 'Saint-Kitts-et-Nevis',
		KP: 'République populaire démocratique de Corée',
		KR: 'République de Corée',
		KY: 'Îles Caïmanes',
		LA: 'République démocratique populaire lao',
		LR: 'Libéria',
		MD: 'République de Moldova',
		MF: 'Saint-Martin (partie française)',
		MM: 'Myanmar',
		MO: 'Chine, région administrative spéciale de Macao',
		NG: 'Nigéria',
		NL: 'Pays-Bas (Royaume des)',
		NU: 'Nioué',
		PN: 'Pitcairn',
		PS: 'État de Palestine',
		RE: 'Réunion',
		RU: 'Fédération de Russie',
		SJ: 'Îles Svalbard-et-Jan Mayen',
		SV: 'El Salvador',
		SY: 'République arabe syrienne',
		TK: 'Tokélaou',
		TL: 'Timor-Leste',
		TR: 'Türkiye',
		TW: 'Province chinoise de Taïwan',
		TZ: 'République-Unie de Tanzanie',
		US: 'États-Unis d’Amérique',
		VA: 'Saint-Siège',
		VE: 'Venezuela (République bolivarienne du)',
		VI: 'Îles Vierges américaines',
		VN: 'Viet Nam',
		WF: 'Îles Wallis-et-Futuna'
	}
};

/** Names that sources and readers use besides those shown: GLO.ACT's own first, then everyday ones. */
export const OTHER_NAMES: Record<string, string[]> = {
	KG: ['Kyrgyz Republic', 'Kirghizstan', 'République kirghize'],
	LA: ['Lao PDR', 'RDP lao'],
	CD: ['DRC', 'RDC', 'DR Congo'],
	CI: ['Ivory Coast'],
	CZ: ['Czech Republic', 'République tchèque'],
	GB: ['UK', 'Great Britain', 'Grande-Bretagne'],
	MK: ['Macedonia', 'Macédoine'],
	MM: ['Burma', 'Birmanie'],
	NL: ['Holland', 'Hollande'],
	SZ: ['Swaziland'],
	TR: ['Turkey'],
	US: ['USA', 'EUA'],
	ZA: ['RSA']
};
