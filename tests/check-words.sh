#!/bin/sh
# The words on screen are those of an office: what must not be said stands below, with what is said
# instead. Looked at are the texts of the sources and of the forms, not their comments.

set -u
cd "${srcdir:-.}" || exit 99

# a pattern (grep -E), a blank, what is said instead
avoided() {
    cat <<'EOF'
访未成|尝试未成|次未成|未成[次，。"] 未见到
含已访的 含已达标的
12位数字的区划代码 请按F4选村(社区)
动态类别" 复核类别
"办理退出" 退出
结案 退出
先后相连 截止日不得早于起始日
待/未 待访或未访
title.=."为什么 名单和原因
"落后[^"]*%|落后的(村|镇街) 探访率最低
负责人可以提前月结 次月1日起可月结
区划代码：区划代码 只说一次
登陆 登录
(title|label).=."帐 账号
其它 其他
失败，请重试|操作失败|未知错误|系统错误 为什么、接着怎么办
您没有权限[。"] 请谁办
EOF
}

# Lines with a text in quotation marks, or a value of a form; comments of C and YAML apart.
texts() {
    grep -rn '"' src --include='*.c' --include='*.h' | grep -vE '^[^:]*:[0-9]+: *(\*|/\*|//)' | sed 's,/\*.*\*/,,'
    grep -rnE '[:,] ' forms --include='*.yaml' | sed 's/ #.*//' | sed 's/headers: \[[^]]*\(\]\|$\)//'
}

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
texts >"$work/texts"
[ "$(wc -l <"$work/texts")" -gt 1000 ] || exit 99 # nothing was looked at
avoided | while read -r pattern instead; do
    grep -E -- "$pattern" "$work/texts" | sed "s/^\([^:]*:[0-9]*\):.*/\1: “$(printf '%s' "$pattern" | sed 's,[/&\\],.,g')”: 应说“$instead”/"
done >"$work/found"
[ -s "$work/found" ] || exit 0
cat "$work/found"
exit 1
