/** Danh sách và hồ sơ nhân viên. */
export const people = {
  byRole: "Lọc theo vai trò",
  anyRole: "Mọi vai trò",
  byQueue: "Lọc theo hàng chờ",
  anyQueue: "Mọi hàng chờ",
  byState: "Lọc theo tình trạng",
  state: { all: "Tất cả", enabled: "Đang dùng", disabled: "Đã khoá" },
  queues: "Hàng chờ",
  byTeam: "đã có theo đội",
  inHand_other: "{{count}} việc đang giữ sẽ về hàng chờ, giữ nguyên thời gian đã chờ",
  signOut: "Đăng xuất mọi nơi",
  signOutHint: "Kết thúc mọi phiên đăng nhập của người này; việc đang giữ về hàng chờ.",
  signedOut: "Đã đăng xuất {{name}} khỏi mọi máy",
} as const;
