"""Who speaks: `Authorization: Bearer hd_…`, or nobody. Cookies are never read."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header

from accounts import throttle
from accounts.clientip import client_ip
from accounts.services import tokens
from common.errors import Refused

KEYWORD = "Bearer"
#: wrong tokens one address may show in a quarter of an hour
WRONG_ALLOWED, WRONG_SECONDS = 20, 900
PURPOSE = "api-wrong-token"


class BadToken(Refused):
    """401 with the header RFC 6750 asks for."""

    auth_header = f'{KEYWORD} error="invalid_token"'

    def __init__(self) -> None:
        sentence = (
            "令牌不正确、已到期或已收回。请检查请求头 Authorization，或向本站管理员申请新的。"
        )
        super().__init__("invalid_token", sentence, status=401)


class TokenAuthentication(BaseAuthentication):
    """`request.user` becomes the token's person, `request.auth` the token."""

    def authenticate(self, request):
        """None without the header: an anonymous reader. Raises BadToken for a wrong one."""
        words = get_authorization_header(request).split()
        if not words:
            return None
        address = client_ip(request)
        if throttle.spent(PURPOSE, address, allowed=WRONG_ALLOWED):
            raise Refused("too_many_wrong_tokens", "错误的令牌太多，请稍后再试。", status=429)
        token = _token(words)
        if token is None:
            throttle.within(PURPOSE, address, allowed=WRONG_ALLOWED, seconds=WRONG_SECONDS)
            raise BadToken
        return token.user, token

    def authenticate_header(self, request) -> str:
        return KEYWORD


def _token(words: list[bytes]):
    if len(words) != 2 or words[0].lower() != KEYWORD.lower().encode():
        return None
    return tokens.recognise(words[1].decode("ascii", errors="replace"))


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "写入系统的令牌，由本站管理员签发。读取公开数据不需要令牌。",
        }
