#include "base/system_reason.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace zeren::base {
namespace {

// What a host on Linux meets with its files, its disk and its network.
constexpr auto kInChinese = std::to_array<std::pair<int, const char*>>({
    {ENOENT, "文件或目录不存在"},
    {EACCES, "没有访问权限"},
    {EPERM, "系统不允许该操作"},
    {EISDIR, "这是一个目录"},
    {ENOTDIR, "路径中有一段不是目录"},
    {EEXIST, "同名文件已存在"},
    {ENOTEMPTY, "目录不为空"},
    {ENAMETOOLONG, "文件名过长"},
    {ELOOP, "符号链接层数过多"},
    {EXDEV, "不能跨文件系统移动"},
    {EFBIG, "文件过大"},
    {ENOSPC, "磁盘空间已满"},
    {EDQUOT, "超出磁盘配额"},
    {EROFS, "文件系统为只读"},
    {EIO, "磁盘读写出错"},
    {EBUSY, "正被其他程序占用"},
    {ETXTBSY, "程序文件正在运行"},
    {EMFILE, "打开的文件过多"},
    {ENFILE, "系统打开的文件过多"},
    {ENOMEM, "内存不足"},
    {EAGAIN, "系统资源暂时不足"},
    {EINVAL, "参数无效"},
    {ENOEXEC, "不是可执行的程序"},
    {EADDRINUSE, "地址已被占用"},
    {EADDRNOTAVAIL, "本机没有该地址"},
    {EAFNOSUPPORT, "系统不支持该类地址"},
    {ECONNREFUSED, "连接被拒绝"},
    {ECONNRESET, "连接被对方中断"},
    {ECONNABORTED, "连接已中止"},
    {EPIPE, "连接已断开"},
    {ENOTCONN, "连接已断开"},
    {ETIMEDOUT, "连接超时"},
    {ENETUNREACH, "网络不可达"},
    {EHOSTUNREACH, "主机不可达"},
    {ECANCELED, "操作已取消"},
});

std::string in_chinese(const std::error_code& failure) {
  const bool of_system =
      failure.category() == std::system_category() || failure.category() == std::generic_category();
  const auto* const known = std::find_if(kInChinese.begin(), kInChinese.end(),
                                         [&](const auto& row) { return row.first == failure.value(); });
  if (of_system && known != kInChinese.end()) return known->second;
  return "系统错误 " + std::to_string(failure.value()) + "（" + failure.message() + "）";
}

}  // namespace

std::map<std::string, std::string> with_reason(std::map<std::string, std::string> args,
                                               const std::error_code& failure) {
  args["reason"] = failure ? failure.message() : "the system gives no reason";
  args["reason.zh-CN"] = failure ? in_chinese(failure) : "系统未给出原因";
  return args;
}

std::map<std::string, std::string> with_reason(std::map<std::string, std::string> args, int error) {
  return with_reason(std::move(args), std::error_code(error, std::system_category()));
}

}  // namespace zeren::base
