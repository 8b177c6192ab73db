"""Landlords, their teams, the people who act for them, and the tokens of partner systems."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from landlords.permissions import Role
from timeline.actors import Actor
from timeline.scope import LandlordManager, LandlordRecord


class Landlord(models.Model):
    """An organisation that owns or manages homes. Everything else belongs to exactly one."""

    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=120)
    reference_prefix = models.CharField(max_length=2, unique=True)
    brand_colour = models.CharField(max_length=7)
    phone = models.CharField(max_length=30)
    opening_hours = models.CharField(max_length=100)
    email = models.EmailField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(LandlordRecord):
    """A team of the landlord's policy. ``officer`` is what the policy calls its officers."""

    key = models.SlugField(max_length=50)
    label = models.CharField(max_length=100)
    officer = models.CharField(max_length=100)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["landlord", "key"], name="team_key_once")]

    def __str__(self) -> str:
        return self.label


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do is on their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(LandlordRecord):
    """One person acting for one landlord, in one role. ``positions`` are job titles a gate may name."""

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, db_constraint=False)
    positions = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["landlord", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_role_display()}"

    def actor(self) -> Actor:
        return Actor(
            name=self.user.name,
            user_id=self.user_id,
            membership_id=self.pk,
            role=self.role,
            team_id=self.team_id,
            positions=tuple(self.positions),
        )


class ApiToken(LandlordRecord):
    """A partner system's key. Only its SHA-256 is kept."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()
