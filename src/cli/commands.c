#include "cli/commands.h"

#include "cli/output.h"

#include <string.h>

static const struct cli_command COMMANDS[] = {
    {
        .name = "init",
        .arguments = "",
        .help = "新建数据目录，打印系统管理员的一次性密码",
        .connect = CLI_CREATE,
        .run = command_init,
        .options = {{"area", "CODE", "本系统管辖的区划代码（2 至 12 位）", true},
                    {"divisions", "CSV", "区划表：code,name,parent,level", true},
                    {"first-month", "M", "从哪个月开始记应访，默认本月", false},
                    {"admin-password-file", "FILE", "管理员初始密码（文件第一行）", false}},
    },
    {
        .name = "demo",
        .arguments = "",
        .help = "新建演示数据：虚构的人员、探访和经办账号，种子相同则数据相同",
        .connect = CLI_CREATE,
        .run = command_demo,
        .options = {{"cases", "N", "个案数，默认 400", false},
                    {"months", "M", "几个月，默认 3", false},
                    {"seed", "S", "随机种子，默认 1", false},
                    {"area", "CODE", "只在这个区划内生成", false},
                    {"divisions", "CSV", "区划表，默认随程序安装的盘锦市区划", false}},
    },
    {
        .name = "officer",
        .arguments = "add|list|passwd|lock|unlock [工号]",
        .argument_min = 1,
        .argument_max = 2,
        .help = "经办账号：新增、列出、改密码、锁定、解锁",
        .connect = CLI_SERVER,
        .run = command_officer,
        .options = {{"name", "NAME", "姓名", false},
                    {"role", "ROLE", "village street chief county admin auditor", false},
                    {"area", "CODE", "负责的区划", false},
                    {"phone", "PHONE", "电话", false},
                    {"password-file", "FILE", "初始密码（文件第一行），默认生成一次性密码", false},
                    CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "import",
        .arguments = "KIND FILE",
        .argument_min = 0,
        .argument_max = 2,
        .help = "导入台账（tanfang dibao tekun ertong visit），不合格的行写到 FILE.refused.csv",
        .connect = CLI_SERVER,
        .run = command_import,
        .options = {{"encoding", "auto|utf-8|gb18030", "文件编码，默认自动识别", false},
                    {"dry-run", NULL, "只检查，不写入", false},
                    {"undo", "BATCH", "撤销一批导入", false}},
    },
    {
        .name = "visit",
        .arguments = "add",
        .argument_min = 1,
        .argument_max = 1,
        .help = "登记一次探访",
        .connect = CLI_SERVER,
        .run = command_visit,
        .options = {{"id", "IDNO", "身份证号", true},
                    {"date", "D", "探访日期", true},
                    {"mode", "M", "上门 电话 视频 远程", true},
                    {"result", "R", "成功 未遇 拒访 联系不上", true},
                    {"by", "NAME", "探访人", false},
                    {"note", "T", "备注", false}},
    },
    {
        .name = "due",
        .arguments = "",
        .help = "应访清单",
        .connect = CLI_SERVER,
        .run = command_due,
        .options = {{"month", "M", "月份 YYYY-MM", true},
                    {"area", "C", "区划", false},
                    {"officer", "N", "探访人", false},
                    {"kind", "K", "只列一项业务", false},
                    {"all", NULL, "也列已访、免访和不计的", false},
                    CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "compliance",
        .arguments = "",
        .help = "探访率",
        .connect = CLI_SERVER,
        .run = command_compliance,
        .options = {{"month", "M", "月份 YYYY-MM", true},
                    {"area", "C", "区划", false},
                    {"by", "village|street|county|officer|kind", "按什么分行", true},
                    {"kind", "K", "只算一项业务；不给时算月探访率", false},
                    {"as-reported", NULL, "上报数（月结时的数）", false},
                    CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "why",
        .arguments = "",
        .help = "数字背后的名单：每一个计入或不计入的人和原因",
        .connect = CLI_SERVER,
        .run = command_why,
        .options = {{"month", "M", "月份 YYYY-MM", true},
                    {"area", "C", "区划", true},
                    {"kind", "K", "业务", false},
                    {"as-reported", NULL, "上报数（月结时的数）", false},
                    CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "close-month",
        .arguments = "M",
        .argument_min = 1,
        .argument_max = 1,
        .help = "月结：未访的记为未访，冻结数字和名单",
        .connect = CLI_SERVER,
        .run = command_close_month,
        .options = {{"area", "C", "镇街（或更大的区划）", true}},
    },
    {
        .name = "reopen-month",
        .arguments = "M",
        .argument_min = 1,
        .argument_max = 1,
        .help = "撤销月结，须写明原因",
        .connect = CLI_SERVER,
        .run = command_reopen_month,
        .options = {{"area", "C", "镇街", true}, {"reason", "T", "原因", true}},
    },
    {
        .name = "export",
        .arguments = "",
        .help = "生成当日上报包：备份、恢复、核验之后导出",
        .connect = CLI_SERVER,
        .run = command_export,
        .options = {{"out", "DIR", "放在哪个目录", true}, {"date", "D", "日期，默认今天", false}},
    },
    {
        .name = "backup",
        .arguments = "DIR",
        .argument_min = 1,
        .argument_max = 1,
        .help = "备份（不停机）",
        .connect = CLI_SERVER,
        .run = command_backup,
    },
    {
        .name = "restore",
        .arguments = "DIR",
        .argument_min = 1,
        .argument_max = 1,
        .help = "把备份恢复成新的数据目录（--home NEW）",
        .connect = CLI_ALONE,
        .run = command_restore,
        .options = {{"home", "NEW", "新的数据目录", false}},
    },
    {
        .name = "verify",
        .arguments = "",
        .help = "核验：数据页、索引、合计、日志链",
        .connect = CLI_SERVER,
        .run = command_verify,
        .options = {{"home", "DIR", "数据目录", false}},
    },
    {
        .name = "audit",
        .arguments = "",
        .help = "日志：谁在何时看了什么、改了什么",
        .connect = CLI_SERVER,
        .run = command_audit,
        .options = {{"record", "R", "个案编号", false},
                    {"officer", "N", "工号", false},
                    {"since", "D", "从哪天起", false},
                    {"action", "A", "操作", false},
                    {"limit", "N", "最多几行", false},
                    CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "status",
        .arguments = "",
        .help = "运行状况：服务器、月份、合计、最近备份和导出、告警",
        .connect = CLI_SERVER,
        .run = command_status,
        .options = {CLI_OUTPUT_OPTIONS},
    },
    {
        .name = "server",
        .arguments = "",
        .help = "在前台运行服务器",
        .connect = CLI_ALONE,
        .run = command_server,
        .options = {{"socket", "PATH", "套接字，默认在数据目录里", false}},
    },
};

const struct cli_command *cli_command_at(size_t index)
{
    return index < sizeof(COMMANDS) / sizeof(COMMANDS[0]) ? &COMMANDS[index] : NULL;
}

const struct cli_command *cli_command_find(const char *name)
{
    const struct cli_command *command = NULL;

    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}
