import type { ProfileAccess } from "../core/world.ts";

export interface DemoPerson {
  readonly name: string;
  readonly profile: ProfileAccess;
}

/** The customers of the demo page; between them they show every answer the profile call can give. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: "Phạm Thị Mai", profile: "full" },
  { name: "Trần Văn Minh", profile: "full" },
  { name: "Đinh Thu Hằng", profile: "none" },
  { name: "Phạm Quốc Bảo", profile: "phone" },
  { name: "Công Tằng Tôn Nữ Thị Hoàng Diệu Phương Thảo Nguyên", profile: "full" },
];
