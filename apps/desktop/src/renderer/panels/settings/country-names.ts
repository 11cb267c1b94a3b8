/** Regions (ISO 3166) by calling code. Source: ITU-T E.164, list of assigned country codes; shared codes by their largest. */
const regions: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "1 US CA,7 RU KZ,20 EG,27 ZA,30 GR,31 NL,32 BE,33 FR,34 ES,36 HU,39 IT,40 RO,41 CH,43 AT,44 GB,45 DK,46 SE,47 NO,48 PL,49 DE," +
    "51 PE,52 MX,54 AR,55 BR,56 CL,57 CO,58 VE,60 MY,61 AU,62 ID,63 PH,64 NZ,65 SG,66 TH,81 JP,82 KR,84 VN,86 CN,90 TR,91 IN,92 PK," +
    "93 AF,94 LK,95 MM,98 IR,212 MA,234 NG,254 KE,351 PT,352 LU,353 IE,358 FI,370 LT,371 LV,372 EE,380 UA,385 HR,386 SI,420 CZ," +
    "421 SK,670 TL,673 BN,675 PG,850 KP,852 HK,853 MO,855 KH,856 LA,880 BD,886 TW,960 MV,961 LB,962 JO,965 KW,966 SA,968 OM,971 AE," +
    "972 IL,973 BH,974 QA,975 BT,976 MN,977 NP,992 TJ,993 TM,994 AZ,995 GE,996 KG,998 UZ"
  )
    .split(",")
    .map((entry) => [entry.slice(0, entry.indexOf(" ")), entry.slice(entry.indexOf(" ") + 1)]),
);

/** "Lào (+856)"; of a code that is not known here the code alone. */
export function countryText(code: string, language: string): string {
  const names = new Intl.DisplayNames([language], { type: "region" });
  const known = regions[code]?.split(" ").map((region) => names.of(region));
  return known ? `${known.join(", ")} (+${code})` : `+${code}`;
}
