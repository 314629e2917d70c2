/* synthetic_tasks.c - nine projects, nine improvements and forty-five key tasks of a city that does not exist. */
#include "synthetic.h"

const synthetic_project synthetic_projects[9] = {
    { "P1", { "Soul-forging project", "铸魂工程" }, "I1", { "Raise political standing", "提升政治站位" }, { "Office of Supervision", "督查室" }, {
        { "Carry provincial decisions out on time", "按期落实省级部署" },
        { "Close inspection findings", "办结督查问题" },
        { "Bring grassroots centres to standard", "基层服务中心达标建设" },
        { "Volunteer service in every quarter", "社区志愿服务全覆盖" },
        { "Publish the yearly progress account", "发布年度进展台账" },
    } },
    { "P2", { "Urban-space expansion project", "空间拓展工程" }, "I2", { "Raise the city's image and quality", "提升城市形象品位" }, { "Bureau of Natural Resources", "自然资源局" }, {
        { "Compile the territorial master plan", "编制国土空间总体规划" },
        { "Renew old residential quarters", "改造老旧小区" },
        { "Build the river greenway", "建设滨河绿道" },
        { "Put idle land to use", "盘活闲置土地" },
        { "Sort household waste city-wide", "全面推行垃圾分类" },
    } },
    { "P3", { "Industrial leap project", "产业跃升工程" }, "I3", { "Raise overall economic strength", "提升综合经济实力" }, { "Bureau of Industry", "工业和信息化局" }, {
        { "Build five 100-billion-yuan clusters", "打造五个千亿级产业集群" },
        { "Open the digital-economy park", "建成数字经济产业园" },
        { "Upgrade traditional industries", "改造提升传统产业" },
        { "Set up the industry fund", "设立产业发展基金" },
        { "Double the number of high-tech firms", "高新技术企业倍增" },
    } },
    { "P4", { "Green development project", "绿色发展工程" }, "I4", { "Raise the quality of the ecological environment", "提升生态环境质量" }, { "Bureau of Ecology and Environment", "生态环境局" }, {
        { "Close coal boilers in the ring", "淘汰环内燃煤锅炉" },
        { "Plant the western forest belt", "建设西部林带" },
        { "Treat the river sections", "治理重点河流断面" },
        { "Cut groundwater extraction", "压减地下水开采" },
        { "Carbon-peak action plan", "制定碳达峰行动方案" },
    } },
    { "P5", { "Opening-up project", "开放带动工程" }, "I5", { "Raise openness and renown", "提升对外开放知名度影响力" }, { "Bureau of Commerce", "商务局" }, {
        { "Integrate 21 development zones", "整合21个开发区" },
        { "Open the land port", "建成国际陆港" },
        { "Run freight trains daily", "国际班列每日开行" },
        { "Pilot cross-border e-commerce", "跨境电商综合试点" },
        { "Hold the digital expo", "办好数字经济博览会" },
    } },
    { "P6", { "Transport project", "交通畅通工程" }, "I6", { "Raise the status as a transport hub", "提升交通枢纽地位" }, { "Bureau of Transport", "交通运输局" }, {
        { "Turn the ring expressway into a city road", "环城高速市政化改造" },
        { "Build metro lines 4 to 6", "建设地铁四至六号线" },
        { "Widen the trunk roads", "拓宽国省干线" },
        { "Build the intercity railway", "建设城际铁路" },
        { "Expand the airport", "机场改扩建" },
    } },
    { "P7", { "People's-livelihood-first project", "民生优先工程" }, "I7", { "Raise the level of public services", "提升公共服务水平" }, { "Bureau of Civil Affairs", "民政局" }, {
        { "Complete 20 livelihood projects", "完成20项民生工程" },
        { "Add nursery places", "增加托位供给" },
        { "Build the regional medical centre", "建设区域医疗中心" },
        { "Care homes for the elderly", "建设养老机构" },
        { "Piped water in every village", "农村自来水全覆盖" },
    } },
    { "P8", { "Leap-and-catch-up project", "跨越赶超工程" }, "I8", { "Raise the level of high-quality development", "提升高质量发展水平" }, { "Bureau of Science and Technology", "科学技术局" }, {
        { "Raise research spending", "提高研发投入" },
        { "Open three joint laboratories", "建成三个联合实验室" },
        { "Train ten thousand technicians", "培养万名技师" },
        { "Green standard for new buildings", "新建建筑执行绿色标准" },
        { "Patent service centre", "建设专利服务中心" },
    } },
    { "P9", { "Service-improvement project", "服务提升工程" }, "I9", { "Raise the efficiency of production factors", "提升要素保障效能" }, { "Government Services Office", "政务服务局" }, {
        { "One-stop building permits", "工程审批一站办理" },
        { "All services online", "政务服务全程网办" },
        { "Renew the power grid", "改造配电网" },
        { "Win skilled people", "引进高层次人才" },
        { "Credit for small firms", "小微企业信贷支持" },
    } },
};
