/** In the contact centre's zone, as its agents read it, whatever the zone of this browser. */
export function clockTime(at: number, language: "vi" | "en"): string {
  return new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  }).format(at);
}
